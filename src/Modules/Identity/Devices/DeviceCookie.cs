using Kumiko.Identity.Browsers;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Identity.Devices;

/// <summary>
/// Identifies a browser in which a user signed in before. It grants no access: wrong passwords from that browser are counted separately, so
/// that nobody elsewhere can lock the owner out.
/// </summary>
internal static class DeviceCookie
{
    public const string Name = "__Secure-kumiko_device";

    // As long as browsers keep a cookie (RFC 6265bis, 5.6.1).
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    /// <summary>
    /// The token that the browser sends, or a new one if it sends none that was issued here; null for a client that keeps its tokens
    /// itself.
    /// </summary>
    public static string? Of(HttpRequest request, bool inBody) => inBody ? null : Find(request) ?? Tokens(request).Issue();

    /// <summary>
    /// The token that the browser sends; null if it sends none that was issued here, or two: a neighbour under the same domain can set one.
    /// </summary>
    public static string? Find(HttpRequest request) =>
        BrowserCookie.Values(request, Name) is [var token] && Tokens(request).IsGenuine(token) ? token : null;

    public static void Set(HttpResponse response, string token) => BrowserCookie.Set(response, Name, token, Lifetime);

    private static DeviceTokens Tokens(HttpRequest request) => request.HttpContext.RequestServices.GetRequiredService<DeviceTokens>();
}
