using System.Text.Json.Nodes;

namespace Kumiko.Contract.Documents;

/// <summary>Every answer of this suite is checked against the documents. These tests show that the check finds differences.</summary>
public class DescribedAnswersTests(RunningKumiko kumiko)
{
    private const string Path = "/api/crud/posts";

    [Theory]
    [InlineData("paths//api/crud/posts/{id}/get/responses", "200")]
    [InlineData("paths//api/crud/posts/{id}/get/responses/200/content", "application/json")]
    [InlineData("paths//api/crud/posts/{id}/get/responses/200/headers", "ETag")]
    [InlineData("components/schemas/PostResponse/properties", "content")]
    [InlineData("components/schemas/PostResponse/properties/content", "type", "integer")]
    [InlineData("components/schemas/PostResponse/properties/created_at", "format", "email")]
    [InlineData("paths//api/crud/posts/{id}/get/responses/200/headers/ETag/schema", "pattern", "^[0-9]+$")]
    public async Task An_answer_that_does_not_match_its_description_is_found(string place, string member, string? value = null)
    {
        var alice = await kumiko.AliceAsync();
        var path = $"{Path}/{(await alice.WriteAsync("described")).Id}";
        var answer = (await kumiko.Anyone.GetAsync(path)).Is(200);
        var document = (await kumiko.Anyone.GetAsync("/openapi/posts.json")).Is(200).Text;
        new DescribedAnswers(document).Check(HttpMethod.Get, path, answer);

        var broken = JsonNode.Parse(document)!;
        var parent = Find(broken, place);
        Assert.True(parent.ContainsKey(member), $"{place} has no {member}.");
        if (value is null)
            parent.Remove(member);
        else
            parent[member] = value;

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new DescribedAnswers(broken.ToJsonString()).Check(HttpMethod.Get, path, answer));
    }

    // Parts are separated by single slashes. A double slash begins the name of a path, which ends before its method.
    private static JsonObject Find(JsonNode document, string place)
    {
        var parts = place.Split("//");
        if (parts.Length == 1)
            return Follow(document, place.Split('/'));
        var method = parts[1].IndexOf("/get", StringComparison.Ordinal);
        return Follow(document, [parts[0], "/" + parts[1][..method], .. parts[1][(method + 1)..].Split('/')]);
    }

    private static JsonObject Follow(JsonNode node, IEnumerable<string> names) =>
        names.Aggregate(node, (inner, name) => inner[name]!).AsObject();
}
