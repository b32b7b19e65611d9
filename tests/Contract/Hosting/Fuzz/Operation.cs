using System.Text.Json;

namespace Kumiko.Contract.Hosting.Fuzz;

/// <summary>An operation that the OpenAPI document lists.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, with parameters in braces.</param>
/// <param name="Queries">The names of its query parameters.</param>
/// <param name="Members">The names of the members of its JSON body; empty if it has none.</param>
public sealed record Operation(HttpMethod Method, string Path, IReadOnlyList<string> Queries, IReadOnlyList<string> Members)
{
    public static IReadOnlyList<Operation> AllOf(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           // The stream never ends.
           where !path.Name.EndsWith("/stream", StringComparison.Ordinal)
           from operation in path.Value.EnumerateObject()
           where operation.Name is "get" or "put" or "post" or "delete" or "patch"
           select new Operation(
               HttpMethod.Parse(operation.Name.ToUpperInvariant()), path.Name, QueriesOf(operation.Value), MembersOf(document, operation.Value)),
    ];

    private static List<string> QueriesOf(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? [.. from parameter in parameters.EnumerateArray()
              where parameter.TryGetProperty("in", out var place) && place.GetString() == "query"
              select parameter.GetProperty("name").GetString()]
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
        return schema.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(member => member.Name)] : [];
    }
}
