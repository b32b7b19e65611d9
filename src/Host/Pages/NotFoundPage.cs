using Kumiko.Host.Addresses;
using Kumiko.Host.Requests;
using Microsoft.Net.Http.Headers;

namespace Kumiko.Host.Pages;

/// <summary>
/// The page that a browser shows for an address that doesn't exist. Programs, and all requests below <c>/api</c>, get a problem document.
/// </summary>
internal static class NotFoundPage
{
    private const string Bare = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Not found - Kumiko</title>
        <body style="font-family: system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem; line-height: 1.6">
        <h1>Page not found</h1>
        <p lang="ja">ページが見つかりません。</p>
        <p><a href="/">Go to the front page</a></p>
        </html>
        """;

    /// <summary>
    /// Use it after the middleware that answers with problem documents, and before everything that may find nothing. The page is the
    /// board's own if that was built.
    /// </summary>
    public static void UseNotFoundPage(this WebApplication app)
    {
        var built = new FileInfo(Path.Combine(Frontends.FolderOf(app.Configuration).FullName, "crud", "404.html"));
        var page = built.Exists ? File.ReadAllText(built.FullName) : Bare;
        var policy = Frontends.Policy(page);
        app.Use(
            async (http, next) =>
            {
                await next(http);
                if (
                    http.Response is not { HasStarted: false, StatusCode: StatusCodes.Status404NotFound, ContentType: null }
                    || !WantsPage(http)
                )
                    return;
                http.Response.ContentType = "text/html; charset=utf-8";
                http.Response.Headers.ContentSecurityPolicy = policy;
                http.Response.Headers.CacheControl = "no-store";
                await http.Response.WriteAsync(page, http.RequestAborted);
            }
        );
    }

    /// <summary>
    /// Whether the client names JSON among the types that it accepts, and not HTML. An address of the pages then also answers it with a
    /// problem document.
    /// </summary>
    public static bool WantsProblem(HttpContext http)
    {
        var accepted = http.Request.GetTypedHeaders().Accept;
        return accepted.Any(range => range.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase) && range.Quality != 0)
            && !NamesHtml(accepted);
    }

    private static bool NamesHtml(IList<MediaTypeHeaderValue> accepted) =>
        accepted.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && range.Quality != 0);

    private static bool WantsPage(HttpContext http) =>
        (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        && !RequestConventions.IsOfApi(http)
        && !http.IsForOperators()
        && NamesHtml(http.Request.GetTypedHeaders().Accept);
}
