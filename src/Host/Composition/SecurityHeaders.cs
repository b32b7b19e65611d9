namespace Kumiko.Host.Composition;

/// <summary>The security headers of every response, including problem documents and files.</summary>
internal static class SecurityHeaders
{
    // For responses that are not pages: if a browser ever shows one, nothing in it runs, loads or is framed.
    private const string NoPage = "default-src 'none'; frame-ancestors 'none'";

    private const string Permissions =
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=(), "
        + "publickey-credentials-get=(self), publickey-credentials-create=(self)";

    /// <summary>
    /// Sets the headers. Use it first. A page sets the policy of its own scripts (<c>Content-Security-Policy</c>) itself.
    /// </summary>
    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                // At the last moment, since the exception handler clears headers that were set earlier.
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
