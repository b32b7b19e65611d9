using System.Net;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.Host.OpenApi;
using Kumiko.Host.Requests;

namespace Kumiko.Host.Pages;

/// <summary>The page at <c>/</c>: the modules that run here, with links to their documents and health.</summary>
internal static class HomePage
{
    public static void MapHomePage(this WebApplication app)
    {
        var modules = app.Services.GetRequiredService<IReadOnlyList<IModule>>();
        var template = EmbeddedFile.ReadText("HomePage.html");
        var cards = string.Concat(modules.Select(RenderCard));
        var page = template
            .Replace("{{modules}}", cards, StringComparison.Ordinal)
            .Replace(
                "{{docs}}",
                DocumentPage.IsEnabled(app.Configuration) ? "<a class=\"button\" href=\"/docs\">Try the API</a>" : "",
                StringComparison.Ordinal
            );
        app.MapGet(
                "/",
                (HttpContext http) =>
                {
                    http.Response.Headers.ContentSecurityPolicy =
                        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
                        + "frame-ancestors 'none'";
                    http.Response.Headers.CacheControl = "no-cache";
                    return Results.Content(page, "text/html; charset=utf-8");
                }
            )
            .AllowAnonymous()
            .AnswerHead();
    }

    private static string RenderCard(IModule module) =>
        $"""
            <li>
              <h2>{WebUtility.HtmlEncode(char.ToUpperInvariant(module.Name[0]) + module.Name[1..])} <code>{module.PathPrefix}</code></h2>
              <p>{WebUtility.HtmlEncode(module.Description)}</p>
              <p class="links">
                <a href="/openapi/{module.Name}.json">OpenAPI document</a> <a href="{module.PathPrefix}/health">Health</a>
              </p>
            </li>
            """;
}
