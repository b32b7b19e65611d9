using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Kumiko.Host.Documents;

/// <summary>The shape of every error answer.</summary>
internal static class ProblemSchema
{
    public static void AddProblemSchema(this OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[nameof(ProblemDetails)] = Schema;
    }

    private const int LongestSentence = 1000;

    private static OpenApiSchema Schema => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What went wrong (RFC 9457).",
        Required = new HashSet<string> { "type", "title", "status", "detail", "instance", "trace_id" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("What the status means.", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.21", "uri-reference"),
            ["title"] = Text("The status in words.", "Unprocessable Entity", maxLength: 100),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "400", Maximum = "599", Description = "The HTTP status.", Examples = [422] },
            ["detail"] = Sentence("What went wrong this time, for people.", "Some values are not valid; 'errors' says which."),
            ["instance"] = Text("The path that was asked for.", "/api/crud/posts", "uri-reference"),
            ["trace_id"] = Text("Under what it was noted.", "0af7651916cd43dd8448eb211c80319c", maxLength: 64),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Which values are at fault, by their JSON names.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = LongestSentence } },
                Examples = [JsonNode.Parse("""{ "content": ["Write something."] }""")!],
            },
        },
    };

    private static OpenApiSchema Text(string description, string example, string? format = null, int? maxLength = null) =>
        new() { Type = JsonSchemaType.String, Format = format, MaxLength = maxLength, Description = description, Examples = [example] };

    private static OpenApiSchema Sentence(string description, string example)
    {
        var schema = Text(description, example, maxLength: LongestSentence);
        // Kiota's clients show it as the message of what they throw.
        schema.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-ms-primary-error-message"] = new JsonNodeExtension(true) };
        return schema;
    }
}
