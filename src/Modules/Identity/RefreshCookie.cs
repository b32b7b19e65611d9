using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Tokens;
using Microsoft.AspNetCore.Http;

namespace Kumiko.Identity;

/// <summary>The refresh token of a browser: scripts cannot read it and other sites cannot send it.</summary>
internal static class RefreshCookie
{
    // Browsers take a cookie of this prefix only when it is Secure (RFC 6265bis, 4.1.3.1).
    public const string Name = "__Secure-kumiko_refresh";

    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 } token ? token : null;

    /// <summary>Answers with new tokens: the refresh token in the cookie, or in the body for a client that keeps it by itself.</summary>
    public static IResult Deliver(HttpContext http, TokenResponse tokens, bool inBody)
    {
        // RFC 6749, 5.1: tokens are not to be kept by caches.
        http.Response.Headers.CacheControl = "no-store";
        if (inBody)
            return Answers.Ok(tokens);

        Set(http.Response, tokens.RefreshToken!);
        return Answers.Ok(tokens with { RefreshToken = null });
    }

    public static void Clear(HttpResponse response) => response.Cookies.Append(Name, "", Options(TimeSpan.Zero));

    private static void Set(HttpResponse response, string token) => response.Cookies.Append(Name, token, Options(RefreshToken.Lifetime));

    private static CookieOptions Options(TimeSpan age) => new()
    {
        Path = "/api/auth",
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Strict,
        MaxAge = age,
        IsEssential = true,
    };
}
