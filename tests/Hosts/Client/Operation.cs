using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kumiko.TestHosts.Client;

/// <summary>An operation that the OpenAPI document lists.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, with parameters in braces.</param>
/// <param name="Queries">The names of its query parameters.</param>
/// <param name="Members">The members of its JSON body; empty if it has none.</param>
/// <param name="NeedsToken">Whether only signed-in users may call it.</param>
public sealed partial record Operation(
    HttpMethod Method,
    string Path,
    IReadOnlyList<string> Queries,
    IReadOnlyList<string> Members,
    bool NeedsToken
)
{
    /// <summary>The modules. Each has a document of its own.</summary>
    public static IReadOnlyList<string> Modules { get; } = ["posts", "identity"];

    /// <summary>Its path with a number in place of each parameter.</summary>
    public string PathTo(long id) => Parameter().Replace(Path, $"{id}");

    /// <summary>All operations of every module except the stream, which never ends.</summary>
    public static async Task<IReadOnlyList<Operation>> AllOfAsync(Caller caller)
    {
        var documents = new List<Answer>();
        foreach (var module in Modules)
            documents.Add((await caller.GetAsync($"/openapi/{module}.json")).Is(200));
        return [.. documents.SelectMany(document => AllOf(document.Json))];
    }

    /// <summary>All operations of a document except the stream, which never ends.</summary>
    public static IReadOnlyList<Operation> AllOf(JsonElement document) =>
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
            where !path.Name.EndsWith("/stream", StringComparison.Ordinal)
            from operation in path.Value.EnumerateObject()
            where operation.Name is "get" or "put" or "post" or "delete" or "patch"
            select new Operation(
                HttpMethod.Parse(operation.Name.ToUpperInvariant()),
                path.Name,
                QueriesOf(operation.Value),
                MembersOf(document, operation.Value),
                NeedsTokenIn(operation.Value)
            ),
        ];

    // An empty requirement among others means that signing in is optional.
    private static bool NeedsTokenIn(JsonElement operation) =>
        operation.TryGetProperty("security", out var security)
        && security.GetArrayLength() > 0
        && security.EnumerateArray().All(one => one.EnumerateObject().Any());

    private static List<string> QueriesOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ?
            [
                .. from parameter in parameters.EnumerateArray()
                where parameter.TryGetProperty("in", out var place) && place.GetString() == "query"
                select parameter.GetProperty("name").GetString(),
            ]
            : [];

    private static List<string> MembersOf(JsonElement document, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
            return [];
        var schema = body.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema");
        if (schema.TryGetProperty("oneOf", out var choices))
            schema = choices.EnumerateArray().Last();
        if (schema.TryGetProperty("$ref", out var reference))
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        return schema.TryGetProperty("properties", out var properties)
            ? [.. properties.EnumerateObject().Select(member => member.Name)]
            : [];
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
