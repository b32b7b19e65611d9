using System.Text.Json;
using Snapshooter.Xunit3;

namespace Kumiko.Contract.Documents;

public class DocumentTests(RunningKumiko kumiko)
{
    public static TheoryData<string> Names => [.. Operation.Modules];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_document_changes_only_on_purpose(string name)
    {
        Snapshot.Match(await TextOfAsync(kumiko.Anyone, name), $"openapi-{name}.json");
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_a_tag_and_its_errors()
    {
        var names = new List<string>();
        var documents = await Task.WhenAll(Operation.Modules.Select(name => kumiko.Anyone.GetAsync($"/openapi/{name}.json")));
        foreach (var path in documents.SelectMany(document => document.Is(200)["paths"].EnumerateObject()))
        {
            foreach (
                var operation in path
                    .Value.EnumerateObject()
                    .Where(member => member.Name is "get" or "post" or "put" or "patch" or "delete")
            )
            {
                var where = $"{operation.Name} {path.Name}";
                names.Add(operation.Value.GetProperty("operationId").GetString()!);
                Assert.False(string.IsNullOrWhiteSpace(operation.Value.GetProperty("summary").GetString()), where);
                Assert.NotEqual(0, operation.Value.GetProperty("tags").GetArrayLength());
                var errors = operation
                    .Value.GetProperty("responses")
                    .EnumerateObject()
                    .Where(response => response.Name[0] is '4' or '5')
                    .ToList();
                Assert.True(errors.Count > 0 || path.Name.Contains(".well-known", StringComparison.Ordinal), $"{where} names no error.");
                Assert.All(
                    errors.Where(_ => !path.Name.EndsWith("/health", StringComparison.Ordinal)),
                    error =>
                        Assert.True(
                            error.Value.GetProperty("content").TryGetProperty("application/problem+json", out _),
                            $"{where} {error.Name}"
                        )
                );
            }
        }

        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public async Task The_documents_can_be_read_in_a_browser()
    {
        var page = await kumiko.Anyone.GetAsync("/docs");
        if (page.Status is 301 or 302 or 307 or 308)
            page = await kumiko.Anyone.GetAsync(page.Header("Location")!);
        Assert.Contains("<html", page.Is(200).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_page_offers_the_document_of_each_module()
    {
        var settings = (await kumiko.Anyone.GetAsync("/docs/index.js")).Is(200).Text;
        Assert.All(Operation.Modules, module => Assert.Contains($"/openapi/{module}.json", settings, StringComparison.Ordinal));
    }

    /// <summary>
    /// A document, formatted so that a difference is visible as a line. Leaves out the server's address, which differs between runs.
    /// </summary>
    internal static async Task<string> TextOfAsync(Caller caller, string name) =>
        JsonSerializer
            .Serialize((await caller.GetAsync($"/openapi/{name}.json")).Is(200).Json, Indented)
            .Replace(caller.Address.ToString(), "http://kumiko/", StringComparison.Ordinal);

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
