using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Kumiko.Identity.Devices;

/// <summary>
/// By what a browser is known again in which somebody signed in before. It opens nothing: wrong passwords from there are counted apart, so that
/// nobody elsewhere locks the owner out.
/// </summary>
internal static class DeviceCookie
{
    public const string Name = "__Secure-kumiko_device";

    private const int Bytes = 16;

    // As long as browsers keep a cookie (RFC 6265bis, 5.6.1).
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    /// <summary>What the browser shows; null if it shows nothing that was made here.</summary>
    public static string? Read(HttpRequest request) =>
        request.Cookies[Name] is { } token && Base64Url.IsValid(token, out var length) && length == Bytes ? token : null;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static void Set(HttpResponse response, string token) => response.Cookies.Append(Name, token, new CookieOptions
    {
        Path = "/api/auth",
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Strict,
        MaxAge = Lifetime,
        IsEssential = true,
    });
}
