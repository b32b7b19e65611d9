using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kumiko.Host.OpenApi;

/// <summary>Fills in the document's own description, and how a client signs in.</summary>
internal sealed class DocumentTransformer(IReadOnlyList<IModule> modules) : IOpenApiDocumentTransformer
{
    public const string Bearer = "bearer";

    private const string Conventions = """
        Times are RFC 3339 in UTC with milliseconds. Every error is a problem document (RFC 9457) with a `trace_id` to quote to support;
        `errors` lists the invalid values, if any. Lists are paged, newest first: follow `next_cursor`. A single resource has an `ETag`:
        send it as `If-None-Match` to avoid reading an unchanged resource again, and as `If-Match` to change only the version you have seen.
        Every response carries `X-Trace-Id`. An `ETag` names a version: what a compressing proxy adds to it, `W/` or `-gzip`, is ignored.
        Every `GET` supports `HEAD` too, and an empty parameter or header counts as omitted. Numbers in paths and queries consist of the
        digits 0 to 9, without leading zeros. Bodies are JSON in UTF-8, without a `Content-Encoding`. Responses to requests that need a
        token are `no-store`. Requests that are not valid HTTP are refused by the server itself, without a body.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var tokens = context.ApplicationServices.GetRequiredService<TokenSettings>();
        document.Info = new OpenApiInfo
        {
            Title = "Kumiko",
            Version = "1.0.0",
            Description = string.Join("\n\n", modules.Select(module => module.Description)) + "\n\n" + Conventions,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The server of this document" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description =
                    "The `access_token` of `POST /api/auth/login`, valid for ten minutes: a JWT (RFC 9068), signed with ES256, whose "
                    + $"`aud` is `{tokens.Audience}` and whose `iss` is "
                    + "the `issuer` of `/api/auth/.well-known/openid-configuration`, which also says where the keys are.",
            },
        };
        var inOrder = new OpenApiPaths();
        foreach (var (address, path) in document.Paths.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            inOrder[address] = path;
        document.Paths = inOrder;
        document.Tags = document
            .Paths.Values.SelectMany(path => path.Operations ?? [])
            .SelectMany(operation => operation.Value.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Name!)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => new OpenApiTag
            {
                Name = name,
                Description = modules.Select(module => module.Tags.GetValueOrDefault(name)).FirstOrDefault(text => text is not null),
            })
            .ToHashSet();
        return Task.CompletedTask;
    }
}
