using System.Globalization;
using System.Text.Json.Nodes;
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
        operation.Security = needsUser
            ? [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentTransformer.Bearer, context.Document)] = [] }]
            : [];

        if (metadata.OfType<IdempotentMetadata>().Any())
        {
            Header(operation, Idempotency.Header, "Makes the request safe to repeat for 24 hours: the same key and body get the first answer again.", "\"5f0c5a4e-9a53-4e2b-8d5e-0c9a1f0f6a11\"", 255);
            SendsHeader(operation, "201", Idempotency.ReplayedHeader, "`true` if this answer was given before.");
        }

        if (metadata.OfType<ConditionalMetadata>().Any())
            Header(operation, "If-Match", "Change it only if this is still its `ETag`.", "\"\\\"3-Zm9vYmFy\\\"\"");
        if (metadata.OfType<CacheableMetadata>().Any())
            Header(operation, "If-None-Match", "Answer 304 if this is still its `ETag`.", "\"\\\"3-Zm9vYmFy\\\"\"");
        if (metadata.OfType<CacheableMetadata>().Any() || metadata.OfType<ConditionalMetadata>().Any() || metadata.OfType<IdempotentMetadata>().Any())
            SendsHeader(operation, operation.Responses.ContainsKey("201") ? "201" : "200", "ETag", "Which version this is.");
        if (operation.Responses.ContainsKey("201"))
            SendsHeader(operation, "201", "Location", "Where it is.");

        var problem = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document);
        context.Document!.AddProblemSchema();
        foreach (var (status, description) in Failures(operation, needsUser, metadata))
        {
            if (operation.Responses.TryGetValue(status, out var known) && known.Content is { Count: > 0 } && !known.Content.ContainsKey("application/problem+json"))
                continue;

            operation.Responses[status] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = problem } },
            };
            if (status is "429" or "503")
                SendsHeader(operation, status, "Retry-After", "In how many seconds to try again.");
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
        403 => "Not yours.",
        404 => "There is no such thing.",
        406 => "The caller takes no kind of answer that there is.",
        409 => "It collides with what is there, or the same request still runs.",
        412 => "It was changed since you read it.",
        413 => "The body is larger than 64 KiB.",
        415 => "The body is not JSON.",
        422 => "Some values are not valid.",
        429 => "Too many of these in a short time.",
        503 => "The database is away.",
        _ => throw new InvalidOperationException($"An endpoint answers {status}, which has no description here."),
    };

    private static void Header(OpenApiOperation operation, string name, string description, string example, int? maxLength = null) => operation.Parameters!.Add(new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = maxLength },
        Example = JsonNode.Parse(example),
    });

    private static void SendsHeader(OpenApiOperation operation, string status, string name, string description)
    {
        if (operation.Responses!.TryGetValue(status, out var response) && response is OpenApiResponse open)
        {
            open.Headers ??= new Dictionary<string, IOpenApiHeader>();
            open.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }
}
