namespace Kumiko.Identity.Browsers;

/// <summary>
/// Sets and reads this module's cookies: scripts cannot read them, pages of other sites cannot have them sent, and only this module
/// receives them.
/// </summary>
internal static class BrowserCookie
{
    /// <param name="response">The response that carries the cookie.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="age">How long the browser keeps it; until it is closed if null.</param>
    public static void Set(HttpResponse response, string name, string value, TimeSpan? age) =>
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

    /// <summary>The values of every cookie of a name; the framework's collection keeps only the last of two.</summary>
    public static List<string> Values(HttpRequest request, string name) =>
        [
            .. request
                .Headers.Cookie.SelectMany(header => (header ?? "").Split(';', StringSplitOptions.TrimEntries))
                .Where(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal))
                .Select(cookie => Uri.UnescapeDataString(cookie[(name.Length + 1)..])),
        ];
}
