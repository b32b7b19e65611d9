using Kumiko.Identity.Browsers;
using Kumiko.Identity.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Identity.Sessions;

/// <summary>A browser's refresh token: scripts cannot read it, and pages of other sites cannot use it.</summary>
internal static class RefreshCookie
{
    // Browsers accept a cookie with this prefix only if it is Secure (RFC 6265bis, 4.1.3.1). '__Host-' would require the path '/', which
    // sends the cookie to every module.
    public const string Name = "__Secure-kumiko_refresh";

    /// <summary>
    /// The refresh token from the cookie; null without one. 403 if a page of another site sends it, 400 if there are two: a neighbour under
    /// the same domain can set one, and they cannot be told apart.
    /// </summary>
    public static ErrorOr<string?> Read(HttpContext http)
    {
        var values = BrowserCookie.Values(http.Request, Name);
        if (values.Count == 0)
            return default(string?);
        if (!IsOfThisSite(http))
            return Errors.Forbidden("The cookie is accepted only from pages of this site.");
        if (values.Count > 1)
            return Errors.Malformed(
                "Cookie",
                $"The cookie '{Name}' was sent twice. Delete the cookies of this site and of its parent domains, and sign in again."
            );
        return values[0].Length > 0 ? values[0] : null;
    }

    /// <summary>The refresh token from the cookie if it certainly belongs to this browser; null otherwise.</summary>
    public static string? Find(HttpContext http) => Read(http) is { IsError: false, Value: var token } ? token : null;

    /// <summary>Whether the request carries the cookie, whatever its value.</summary>
    public static bool IsPresent(HttpRequest request) => BrowserCookie.Values(request, Name).Count > 0;

    /// <summary>
    /// Responds with new tokens: the refresh token goes into the cookie, or into the body for a client that keeps it itself.
    /// </summary>
    public static IResult Deliver(HttpContext http, IssuedTokens tokens, bool inBody)
    {
        if (!inBody)
        {
            var settings = http.RequestServices.GetRequiredService<SessionSettings>();
            BrowserCookie.Set(http.Response, Name, tokens.RefreshToken, tokens.IsRemembered ? settings.Idle : null);
        }

        return Answers.Ok(tokens.ToResponse(inBody));
    }

    public static void Clear(HttpResponse response) => BrowserCookie.Set(response, Name, "", TimeSpan.Zero);

    // Browsers say where a request comes from (W3C Fetch Metadata), or at least send the page's origin with every POST (Fetch Standard,
    // 3.2). A client that sends neither is not a browser, and has no cookies that a page could make it send.
    private static bool IsOfThisSite(HttpContext http)
    {
        var request = http.Request;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || IsSameOrigin(origin, $"{request.Scheme}://{request.Host}")
            // For a proxy that this process does not trust to report the scheme.
            || IsSameOrigin(origin, http.RequestServices.GetRequiredService<TokenSettings>().Issuer);
    }

    private static bool IsSameOrigin(string origin, string own) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var one)
        && Uri.TryCreate(own, UriKind.Absolute, out var other)
        && Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
