using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;

namespace Kumiko.Host.OpenApi;

/// <summary>The shape of every error answer.</summary>
internal static partial class ProblemSchema
{
    private const int MaxSentence = 1000;

    private static OpenApiSchema Schema =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description = "What went wrong (RFC 9457).",
            Required = new HashSet<string> { "type", "title", "status", "detail", "instance", "trace_id" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text(
                    "A link to the meaning of the status.",
                    "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.21",
                    "uri-reference"
                ),
                ["title"] = Text("The name of the status.", "Unprocessable Entity", maxLength: 100),
                ["status"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Format = "int32",
                    Minimum = "400",
                    Maximum = "599",
                    Description = "The HTTP status code.",
                    Examples = [422],
                },
                ["detail"] = Sentence("What went wrong, for people.", "Some values are not valid; 'errors' lists them."),
                ["instance"] = Text("The requested path.", "/api/crud/posts", "uri-reference"),
                ["trace_id"] = Text("The id to quote to support.", "0af7651916cd43dd8448eb211c80319c", maxLength: 64),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "The invalid values by their JSON names, with messages for people.",
                    AdditionalProperties = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        Items = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = MaxSentence },
                    },
                    Examples = [JsonNode.Parse("""{ "content": ["Write something."] }""")!],
                },
            },
        };

    public static void AddProblemSchema(this OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[nameof(ProblemDetails)] = Schema;
    }

    /// <summary>The problem that a status is answered with.</summary>
    public static JsonObject Example(int status, ApiDescription operation)
    {
        var problem = new ProblemDetails();
        ProblemWriter.Complete(problem, status);
        var example = new JsonObject
        {
            ["type"] = problem.Type,
            ["title"] = problem.Title,
            ["status"] = status,
            ["detail"] = problem.Detail,
            ["instance"] = "/" + Parameter().Replace(operation.RelativePath!, "42"),
            ["trace_id"] = "0af7651916cd43dd8448eb211c80319c",
        };
        if (status == StatusCodes.Status422UnprocessableEntity)
            example["errors"] = new JsonObject { [Field(operation)] = new JsonArray("This value is not valid.") };
        return example;
    }

    // The first property of the body, or the last text in the query.
    private static string Field(ApiDescription operation)
    {
        var parameters = operation.ParameterDescriptions;
        var body = parameters.FirstOrDefault(parameter => parameter.Source == BindingSource.Body)?.Type;
        var member = body?.GetProperties().First().Name;
        return JsonNamingPolicy.SnakeCaseLower.ConvertName(
            member ?? parameters.Last(parameter => parameter.Source == BindingSource.Query && parameter.Type == typeof(string)).Name
        );
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private static OpenApiSchema Text(string description, string example, string? format = null, int? maxLength = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Format = format,
            MaxLength = maxLength,
            Description = description,
            Examples = [example],
        };

    private static OpenApiSchema Sentence(string description, string example)
    {
        var schema = Text(description, example, maxLength: MaxSentence);
        // Kiota's clients show it as the message of the exception that they throw.
        schema.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-ms-primary-error-message"] = new JsonNodeExtension(true) };
        return schema;
    }
}
