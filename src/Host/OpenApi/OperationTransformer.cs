using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Kumiko.Host.OpenApi;

/// <summary>Adds the conventions to every operation: who may call it, which headers it takes and sends, and each error response.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        operation.Parameters ??= [];
        AddSecurity(operation, context.Document!, metadata);
        DescribeIds(operation, context.Description.RelativePath!);
        if (operation.RequestBody is OpenApiRequestBody body)
            LeaveOutNull(body, isRequired: HttpMethods.IsPatch(context.Description.HttpMethod!));
        AddHeaders(operation, metadata);
        AddFailures(operation, context, metadata);

        var inOrder = new OpenApiResponses();
        foreach (var (status, response) in operation.Responses.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            inOrder[status] = response;
        operation.Responses = inOrder;
        return Task.CompletedTask;
    }

    private static void AddSecurity(OpenApiOperation operation, OpenApiDocument document, IList<object> metadata)
    {
        var signedIn = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentTransformer.Bearer, document)] = [] };
        operation.Security =
            NeedsUser(metadata) ? [signedIn]
            : metadata.OfType<OptionalUserMetadata>().Any() ? [signedIn, []]
            : [];
    }

    private static void AddHeaders(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<IdempotentMetadata>().Any())
        {
            Header(
                operation,
                IdempotencyStore.Header,
                "Makes the request safe to repeat for 24 hours: the same key and body return the first response again.",
                "\"5f0c5a4e-9a53-4e2b-8d5e-0c9a1f0f6a11\"",
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    MaxLength = 255,
                    Pattern = "^[!-~]*$",
                }
            );
            foreach (var status in operation.Responses!.Keys.Intersect(["201", "202"]).ToList())
                SendsHeader(operation, status, IdempotencyStore.ReplayedHeader, "`true` if this response was given before.");
        }

        if (metadata.OfType<ConditionalMetadata>().Any())
            Header(
                operation,
                "If-Match",
                "Apply the change only if this is still the `ETag`. Separate several with commas; `*` matches any.",
                "\"\\\"3-Zm9vYmFy\\\"\"",
                Tags
            );
        if (metadata.OfType<CacheableMetadata>().Any())
            Header(operation, "If-None-Match", "Respond with 304 if this is still the `ETag`.", "\"\\\"3-Zm9vYmFy\\\"\"", Tags);
        if (
            metadata.OfType<CacheableMetadata>().Any()
            || metadata.OfType<ConditionalMetadata>().Any()
            || metadata.OfType<IdempotentMetadata>().Any()
        )
            SendsHeader(operation, operation.Responses!.ContainsKey("201") ? "201" : "200", "ETag", "The version of the resource.");
        SendsHeader(operation, "304", "ETag", "The unchanged version of the resource.");
        if (operation.Responses!.TryGetValue("202", out var later) && later.Content is { Count: > 0 })
            SendsHeader(operation, "202", "Retry-After", "The seconds to wait before repeating the request.");
        if (operation.Responses!.ContainsKey("201"))
            SendsHeader(operation, "201", "Location", "The URL of the new resource.");
    }

    private static void AddFailures(OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata)
    {
        var problem = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document);
        context.Document!.AddProblemSchema();
        foreach (var (status, description) in Failures(operation, metadata))
        {
            // Keep what the endpoint itself declares for a failure (the health of a module).
            var isDeclared =
                operation.Responses!.TryGetValue(status, out var known)
                && known.Content is { Count: > 0 }
                && !known.Content.ContainsKey("application/problem+json");
            if (isDeclared)
            {
                if (metadata.OfType<IProducesResponseTypeMetadata>().Any(produced => produced.Type == typeof(HealthResponse)))
                    foreach (var media in known!.Content!.Values.OfType<OpenApiMediaType>())
                        media.Example = Unhealthy(context.ApplicationServices);
            }
            else
            {
                operation.Responses![status] = new OpenApiResponse
                {
                    Description = description,
                    Content = new Dictionary<string, OpenApiMediaType>
                    {
                        ["application/problem+json"] = new()
                        {
                            Schema = problem,
                            Example = ProblemSchema.Example(int.Parse(status, CultureInfo.InvariantCulture), context.Description),
                        },
                    },
                };
            }

            if (status is "429" or "503")
                SendsHeader(operation, status, "Retry-After", "The seconds to wait before trying again.");
            if (status == "429" && metadata.OfType<RateLimitedMetadata>().Any())
            {
                SendsHeader(operation, status, "RateLimit", "What remains of the limit, and the seconds until it is replenished.");
                SendsHeader(operation, status, "RateLimit-Policy", "The limit: the number of requests in a number of seconds.");
            }

            if (status == "415")
                SendsHeader(operation, status, "Accept-Encoding", "The accepted encoding of bodies: none.");
            if (status == "401")
                SendsHeader(operation, status, "WWW-Authenticate", "The authentication scheme, and why the token was refused.");
        }
    }

    private static bool NeedsUser(IList<object> metadata) => metadata.OfType<IAuthorizeData>().Any();

    private static IEnumerable<(string Status, string Description)> Failures(OpenApiOperation operation, IList<object> metadata)
    {
        var hasBody = operation.RequestBody is not null;
        var declared = metadata.OfType<IProducesResponseTypeMetadata>().Select(produced => produced.StatusCode).ToHashSet();
        if (hasBody || metadata.OfType<IdempotentMetadata>().Any())
            declared.Add(400);
        if (NeedsUser(metadata))
            declared.Add(401);
        if (hasBody)
            declared.UnionWith([413, 415, 422]);
        declared.Add(503);
        return declared
            .Where(status => status >= 400)
            .Order()
            .Select(status => (status.ToString(CultureInfo.InvariantCulture), Description(status)));
    }

    private static string Description(int status) =>
        status switch
        {
            400 => "Malformed request.",
            401 => "Not signed in: the access token is missing, invalid or expired.",
            403 => "Not allowed.",
            404 => "Not found.",
            406 => "No acceptable media type.",
            409 => "Conflict with existing data, or the same request is still running.",
            410 => "The resource that the first request with this key created has been deleted.",
            412 => "Changed since it was read.",
            413 => "Body larger than 64 KiB.",
            415 => "Body not JSON in UTF-8, or encoded.",
            422 => "Invalid values.",
            429 => "Too many requests.",
            503 => "Temporarily unavailable.",
            _ => throw new InvalidOperationException($"An endpoint answers {status}, which has no description here."),
        };

    private static JsonNode? Unhealthy(IServiceProvider services) =>
        JsonSerializer.SerializeToNode(
            HealthResponse.Of(isConnected: false, DateTimeOffset.Parse(SchemaTransformer.ExampleTime, CultureInfo.InvariantCulture)),
            services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions
        );

    // An empty header means the same as an omitted one.
    private static OpenApiSchema Tags => new() { Type = JsonSchemaType.String, Pattern = "^$|\\*|\"[^\"]*\"" };

    // Every operation on a single resource identifies it by its number.
    private static void DescribeIds(OpenApiOperation operation, string path)
    {
        foreach (
            var parameter in operation.Parameters!.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path)
        )
        {
            var owner = path.Split('/').TakeWhile(segment => !segment.StartsWith($"{{{parameter.Name}", StringComparison.Ordinal)).Last();
            parameter.Description ??= $"The `{parameter.Name}` of one of the {owner}.";
            parameter.Example ??= 42;
            if (parameter.Schema is OpenApiSchema { Type: JsonSchemaType.Integer } schema)
                schema.Minimum ??= "1";
        }
    }

    // Where the body is optional, 'null' would only be a second spelling of leaving it out. A change without a body is accepted and changes
    // nothing, so no client needs to know this.
    private static void LeaveOutNull(OpenApiRequestBody body, bool isRequired)
    {
        foreach (var content in body.Content?.Values ?? [])
        {
            if (
                content is OpenApiMediaType media
                && media.Schema?.OneOf?.FirstOrDefault(choice => choice is OpenApiSchemaReference) is { } schema
            )
                (media.Schema, body.Required) = (schema, isRequired);
        }
    }

    private static void Header(OpenApiOperation operation, string name, string description, string example, OpenApiSchema schema) =>
        operation.Parameters!.Add(
            new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Description = description,
                Schema = schema,
                Example = JsonNode.Parse(example),
            }
        );

    private static void SendsHeader(OpenApiOperation operation, string status, string name, string description)
    {
        if (operation.Responses!.TryGetValue(status, out var response) && response is OpenApiResponse open)
        {
            open.Headers ??= new Dictionary<string, IOpenApiHeader>();
            open.Headers[name] = new OpenApiHeader { Description = description, Schema = SchemaOf(name) };
        }
    }

    private static OpenApiSchema SchemaOf(string header) =>
        header switch
        {
            "Retry-After" => new()
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Minimum = "1",
            },
            "ETag" => new() { Type = JsonSchemaType.String, Pattern = "^\"[^\"]*\"$" },
            "Accept-Encoding" => new() { Type = JsonSchemaType.String, Enum = ["identity"] },
            "Location" => new() { Type = JsonSchemaType.String, Format = "uri-reference" },
            "WWW-Authenticate" => new() { Type = JsonSchemaType.String, Pattern = "^Bearer" },
            IdempotencyStore.ReplayedHeader => new() { Type = JsonSchemaType.String, Enum = ["true"] },
            // Structured fields (RFC 9651).
            "RateLimit" or "RateLimit-Policy" => new() { Type = JsonSchemaType.String, Pattern = "^\"" },
            _ => throw new InvalidOperationException($"The header {header} has no schema here."),
        };
}
