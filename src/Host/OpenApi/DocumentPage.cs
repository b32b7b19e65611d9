using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.Host.Addresses;

namespace Kumiko.Host.OpenApi;

/// <summary>The page at <c>/docs</c> on which people try the API; the setting <c>Docs:Enabled</c> switches it off.</summary>
internal static class DocumentPage
{
    private const string Root = "/docs";

    // Only the page's own files may run: the page shares an origin with pages that hold tokens. It loads its icons from data URLs; the hash
    // is that of its logo's style.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; img-src 'self' "
        + "data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Whether the page exists; it does unless the setting is false.</summary>
    /// <exception cref="InvalidSettingException">The setting is neither true nor false.</exception>
    public static bool IsEnabled(IConfiguration configuration)
    {
        if (configuration["Docs:Enabled"] is not { Length: > 0 } setting)
            return true;
        return bool.TryParse(setting, out var isEnabled)
            ? isEnabled
            : throw new InvalidSettingException($"Docs:Enabled is '{setting}': set it to 'true' or 'false'.");
    }

    /// <summary>Lets routing answer for the page's addresses that have no file.</summary>
    public static void MapDocumentPage(this WebApplication app)
    {
        if (IsEnabled(app.Configuration))
            app.MapMethods(Root + "/{**path}", [HttpMethods.Get, HttpMethods.Head], () => Results.NotFound()).AllowAnonymous();
    }

    /// <summary>
    /// Serves the page. It offers the documents of all modules: those of modules that run elsewhere are at the same public address.
    /// </summary>
    public static void UseDocumentPage(this WebApplication app, IReadOnlyList<IModule> all)
    {
        if (!IsEnabled(app.Configuration))
            return;
        var here = app.Services.GetRequiredService<ModuleDocuments>().Names;
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(Root) && !http.IsForOperators(),
            page =>
            {
                page.Use(
                    (http, next) =>
                    {
                        http.Response.Headers.ContentSecurityPolicy = Policy;
                        return next(http);
                    }
                );
                page.UseSwaggerUI(options =>
                {
                    options.RoutePrefix = Root[1..];
                    options.DocumentTitle = "Kumiko API";
                    foreach (var name in all.Select(module => module.Name).Union(here).Reverse())
                        options.SwaggerEndpoint($"/openapi/{name}.json", name);
                    options.DisplayOperationId();
                    options.EnableTryItOutByDefault();
                });
            }
        );
    }
}
