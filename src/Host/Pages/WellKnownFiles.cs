namespace Kumiko.Host.Pages;

/// <summary>Files that browsers and crawlers request without being told to, and addresses that people guess.</summary>
internal static class WellKnownFiles
{
    private const string Robots = """
        User-agent: *
        Disallow: /api/
        Disallow: /docs
        Disallow: /openapi/

        """;

    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps these files and addresses.</summary>
    /// <param name="app">The application.</param>
    /// <param name="hasFrontends">Whether the pages exist to which a guessed address can lead.</param>
    public static void MapWellKnownFiles(this WebApplication app, bool hasFrontends)
    {
        app.MapMethods("/robots.txt", ReadMethods, () => Results.Text(Robots, "text/plain; charset=utf-8")).AllowAnonymous();
        var icon = Icon(app.Configuration);
        app.MapMethods(
                "/favicon.ico",
                ReadMethods,
                (HttpContext http) =>
                {
                    http.Response.Headers.CacheControl = "public, max-age=86400";
                    return Results.Bytes(icon, "image/x-icon");
                }
            )
            .AllowAnonymous();
        if (!hasFrontends)
            return;
        foreach (var page in (string[])["login", "register", "account"])
            app.MapMethods("/" + page, ReadMethods, (HttpContext http) => Results.Redirect($"/auth/{page}{http.Request.QueryString}"))
                .AllowAnonymous();
        // Where a password manager sends people whose password has leaked (W3C, 'A Well-Known URL for Changing Passwords').
        app.MapMethods("/.well-known/change-password", ReadMethods, () => Results.Redirect("/auth/account/security")).AllowAnonymous();
    }

    // The board's own icon, if it has one.
    private static byte[] Icon(IConfiguration configuration)
    {
        var built = Path.Combine(Frontends.FolderOf(configuration).FullName, "crud", "favicon.ico");
        return File.Exists(built) ? File.ReadAllBytes(built) : EmbeddedFile.ReadBytes("favicon.ico");
    }
}
