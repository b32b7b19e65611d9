namespace Kumiko.Host.Composition;

/// <summary>What every answer of the process tells a browser, problem documents and files included.</summary>
internal static class SecurityHeaders
{
    // For what is not a page: nothing in it runs, loads or is framed, should a browser ever show it.
    private const string NoPage = "default-src 'none'; frame-ancestors 'none'";

    private const string Permissions =
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=(), "
        + "publickey-credentials-get=(self), publickey-credentials-create=(self)";

    /// <summary>Comes first. A page sets the policy of its own scripts (<c>Content-Security-Policy</c>) itself.</summary>
    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                // At the last moment, since an exception that is answered takes away what was set before.
                http.Response.OnStarting(SetAsync, http.Response.Headers);
                return next(http);
            }
        );

    private static Task SetAsync(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = NoPage;
        return Task.CompletedTask;
    }
}
