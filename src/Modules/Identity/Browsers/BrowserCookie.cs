namespace Kumiko.Identity.Browsers;

/// <summary>
/// How this module sets cookies: scripts cannot read them, pages of other sites cannot have them sent, and they go to this module alone.
/// </summary>
internal static class BrowserCookie
{
    public static void Set(HttpResponse response, string name, string value, TimeSpan age) =>
        response.Cookies.Append(
            name,
            value,
            new CookieOptions
            {
                Path = "/api/auth",
                HttpOnly = true,
                Secure = true,
                SameSite = SameSiteMode.Strict,
                MaxAge = age,
                IsEssential = true,
            }
        );
}
