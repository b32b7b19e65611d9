using System.Globalization;
using System.Text.Json.Nodes;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kumiko.Host.Documents;

/// <summary>Adds what the conventions say of every operation: who may call it, which headers it takes and sends, and each error answer.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        operation.Parameters ??= [];

        var needsUser = metadata.OfType<IAuthorizeData>().Any();
        var signedIn = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentTransformer.Bearer, context.Document)] = [] };
        operation.Security = needsUser ? [signedIn]
            : metadata.OfType<OptionalUserMetadata>().Any() ? [signedIn, []]
            : [];
        DescribeIds(operation, context.Description.RelativePath!);
        if (operation.RequestBody is OpenApiRequestBody body)
            LeaveOutNull(body, isRequired: HttpMethods.IsPatch(context.Description.HttpMethod!));

        if (metadata.OfType<IdempotentMetadata>().Any())
        {
            Header(operation, Idempotency.Header, "Makes the request safe to repeat for 24 hours: the same key and body get the first answer again.", "\"5f0c5a4e-9a53-4e2b-8d5e-0c9a1f0f6a11\"", new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255, Pattern = "^[!-~]*$" });
            SendsHeader(operation, "201", Idempotency.ReplayedHeader, "`true` if this answer was given before.");
        }

        if (metadata.OfType<ConditionalMetadata>().Any())
            Header(operation, "If-Match", "Change it only if this is still its `ETag`; several may stand with commas between, `*` is any.", "\"\\\"3-Zm9vYmFy\\\"\"", Tags);
        if (metadata.OfType<CacheableMetadata>().Any())
            Header(operation, "If-None-Match", "Answer 304 if this is still its `ETag`.", "\"\\\"3-Zm9vYmFy\\\"\"", Tags);
        if (metadata.OfType<CacheableMetadata>().Any() || metadata.OfType<ConditionalMetadata>().Any() || metadata.OfType<IdempotentMetadata>().Any())
            SendsHeader(operation, operation.Responses.ContainsKey("201") ? "201" : "200", "ETag", "Which version this is.");
        SendsHeader(operation, "304", "ETag", "Which version this still is.");
        if (operation.Responses.ContainsKey("201"))
            SendsHeader(operation, "201", "Location", "Where it is.");

        var problem = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document);
        context.Document!.AddProblemSchema();
        foreach (var (status, description) in Failures(operation, needsUser, metadata))
        {
            // What the endpoint itself declares for a failure (the health of a module) stays.
            var isDeclared = operation.Responses.TryGetValue(status, out var known) && known.Content is { Count: > 0 } && !known.Content.ContainsKey("application/problem+json");
            if (!isDeclared)
            {
                operation.Responses[status] = new OpenApiResponse
                {
                    Description = description,
                    Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = problem } },
                };
            }

            if (status is "429" or "503")
                SendsHeader(operation, status, "Retry-After", "In how many seconds to try again.");
            if (status == "429" && metadata.OfType<RateLimitedMetadata>().Any())
            {
                SendsHeader(operation, status, "RateLimit", "What is left of the limit, and in how many seconds there is more.");
                SendsHeader(operation, status, "RateLimit-Policy", "The limit: how many in how many seconds.");
            }

            if (status == "415")
                SendsHeader(operation, status, "Accept-Encoding", "How a body may be encoded: not at all.");
            if (status == "401")
                SendsHeader(operation, status, "WWW-Authenticate", "How to sign in.");
        }

        var inOrder = new OpenApiResponses();
        foreach (var (status, response) in operation.Responses.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            inOrder[status] = response;
        operation.Responses = inOrder;
        return Task.CompletedTask;
    }

    private static IEnumerable<(string Status, string Description)> Failures(OpenApiOperation operation, bool needsUser, IList<object> metadata)
    {
        var hasBody = operation.RequestBody is not null;
        var declared = metadata.OfType<Microsoft.AspNetCore.Http.Metadata.IProducesResponseTypeMetadata>().Select(produced => produced.StatusCode).ToHashSet();
        if (hasBody || metadata.OfType<IdempotentMetadata>().Any())
            declared.Add(400);
        if (needsUser)
            declared.Add(401);
        if (hasBody)
            declared.UnionWith([413, 415, 422]);
        declared.Add(503);
        return declared.Where(status => status >= 400).Order().Select(status => (status.ToString(CultureInfo.InvariantCulture), Description(status)));
    }

    private static string Description(int status) => status switch
    {
        400 => "The request cannot be understood.",
        401 => "Nobody is signed in, or no longer.",
        403 => "You may not do this.",
        404 => "There is no such thing.",
        406 => "The caller takes no kind of answer that there is.",
        409 => "It collides with what is there, or the same request still runs.",
        410 => "What the first request with this key made was deleted since.",
        412 => "It was changed since you read it.",
        413 => "The body is larger than 64 KiB.",
        415 => "The body is not JSON, or it is encoded.",
        422 => "Some values are not valid.",
        429 => "Too many of these in a short time.",
        503 => "The database is away.",
        _ => throw new InvalidOperationException($"An endpoint answers {status}, which has no description here."),
    };

    // What an empty header says is what one that was left out says.
    private static OpenApiSchema Tags => new() { Type = JsonSchemaType.String, Pattern = "^$|\\*|\"[^\"]*\"" };

    // Every operation on one thing names it by its number.
    private static void DescribeIds(OpenApiOperation operation, string path)
    {
        foreach (var parameter in operation.Parameters!.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
        {
            var owner = path.Split('/').TakeWhile(segment => !segment.StartsWith($"{{{parameter.Name}", StringComparison.Ordinal)).Last();
            parameter.Description ??= $"The `{parameter.Name}` of one of the {owner}.";
            parameter.Example ??= 42;
            if (parameter.Schema is OpenApiSchema { Type: JsonSchemaType.Integer } schema)
                schema.Minimum ??= "1";
        }
    }

    // Where the body may be left out, 'null' for it is one spelling more that nobody needs. A change without a body is taken and changes nothing, so that no client needs to know.
    private static void LeaveOutNull(OpenApiRequestBody body, bool isRequired)
    {
        foreach (var content in body.Content?.Values ?? [])
        {
            if (content is OpenApiMediaType media && media.Schema?.OneOf?.FirstOrDefault(choice => choice is OpenApiSchemaReference) is { } schema)
                (media.Schema, body.Required) = (schema, isRequired);
        }
    }

    private static void Header(OpenApiOperation operation, string name, string description, string example, OpenApiSchema schema) => operation.Parameters!.Add(new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = schema,
        Example = JsonNode.Parse(example),
    });

    private static void SendsHeader(OpenApiOperation operation, string status, string name, string description)
    {
        if (operation.Responses!.TryGetValue(status, out var response) && response is OpenApiResponse open)
        {
            open.Headers ??= new Dictionary<string, IOpenApiHeader>();
            open.Headers[name] = new OpenApiHeader { Description = description, Schema = SchemaOf(name) };
        }
    }

    private static OpenApiSchema SchemaOf(string header) => header switch
    {
        "Retry-After" => new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" },
        "ETag" => new() { Type = JsonSchemaType.String, Pattern = "^\"[^\"]*\"$" },
        "Accept-Encoding" => new() { Type = JsonSchemaType.String, Enum = ["identity"] },
        "Location" => new() { Type = JsonSchemaType.String, Format = "uri-reference" },
        "WWW-Authenticate" => new() { Type = JsonSchemaType.String, Pattern = "^Bearer" },
        Idempotency.ReplayedHeader => new() { Type = JsonSchemaType.String, Enum = ["true"] },
        // Structured fields (RFC 9651).
        "RateLimit" or "RateLimit-Policy" => new() { Type = JsonSchemaType.String, Pattern = "^\"" },
        _ => throw new InvalidOperationException($"The header {header} has no schema here."),
    };
}
