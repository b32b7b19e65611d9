using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kumiko.Host.OpenApi;

/// <summary>Changes a document once it is JSON, where the framework's model has no way to express the change.</summary>
internal static class FinishedDocument
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Moves <c>null</c> to the end of a list of types, since some generators read only the first one, and gives every body and parameter
    /// an example.
    /// </summary>
    public static byte[] Write(JsonNode document)
    {
        Visit(document, document);
        return JsonSerializer.SerializeToUtf8Bytes(document, Readable);
    }

    private static void Visit(JsonNode? node, JsonNode document)
    {
        if (node is JsonObject item)
        {
            if (item["type"] is JsonArray types && types[0]?.GetValue<string>() == "null")
                item["type"] = new JsonArray([.. types.Skip(1).Append(types[0]).Select(type => type!.DeepClone())]);
            if (item["in"] is JsonValue && item["example"] is null && item["schema"]?["examples"] is JsonArray { Count: > 0 } examples)
                item["example"] = examples[0]!.DeepClone();
            if (item["content"] is JsonObject contents)
                AddExamples(contents, document);
        }

        foreach (
            var child in node is JsonObject members ? [.. members.Select(member => member.Value)]
            : node is JsonArray list ? list.ToList()
            : []
        )
            Visit(child, document);
    }

    private static void AddExamples(JsonObject contents, JsonNode document)
    {
        foreach (var (_, content) in contents)
        {
            if (content is JsonObject media && media["example"] is null && Example(media["schema"], document) is { } example)
                media["example"] = example;
        }
    }

    // Built from the required properties, or from all of them if none is required. Null if a part has no example.
    private static JsonNode? Example(JsonNode? schema, JsonNode document)
    {
        if (schema?["$ref"]?.GetValue<string>() is { } reference)
            schema = reference.Split('/').Skip(1).Aggregate<string, JsonNode?>(document, (at, name) => at?[name]);
        if (schema?["examples"] is JsonArray { Count: > 0 } examples)
            return examples[0]!.DeepClone();
        if (schema?["items"] is { } items)
            return Example(items, document) is { } one ? new JsonArray(one) : null;
        if (schema?["properties"] is not JsonObject properties)
            return null;

        var required = (schema["required"] as JsonArray)?.Select(name => name!.GetValue<string>()).ToHashSet() ?? [];
        var example = new JsonObject();
        foreach (var (name, property) in properties)
        {
            if (required.Count > 0 && !required.Contains(name))
                continue;
            if (Example(property, document) is not { } value)
                return null;
            example[name] = value;
        }

        return example;
    }
}
