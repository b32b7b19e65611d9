using System.Buffers.Text;
using System.Security.Cryptography;
using Kumiko.Identity.Browsers;

namespace Kumiko.Identity.Devices;

/// <summary>
/// Identifies a browser in which a user signed in before. It grants no access: wrong passwords from that browser are counted separately, so
/// that nobody elsewhere can lock the owner out.
/// </summary>
internal static class DeviceCookie
{
    public const string Name = "__Secure-kumiko_device";

    private const int Bytes = 16;

    // As long as browsers keep a cookie (RFC 6265bis, 5.6.1).
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    /// <summary>
    /// The token that the browser sends, or a new one if it sends none that was made here; null for a client that keeps its tokens itself.
    /// </summary>
    public static string? Of(HttpRequest request, bool inBody) =>
        inBody ? null : Read(request) ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static void Set(HttpResponse response, string token) => BrowserCookie.Set(response, Name, token, Lifetime);

    private static string? Read(HttpRequest request) =>
        request.Cookies[Name] is { } token && Base64Url.IsValid(token, out var length) && length == Bytes ? token : null;
}
