using System.Net;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Sessions;

namespace Kumiko.Identity.SignIns;

/// <summary>The client that somebody signs in from.</summary>
/// <param name="Device">The name that it gives itself.</param>
/// <param name="Address">The origin of the request.</param>
/// <param name="DeviceToken">Identifies the browser; null for a client without cookies.</param>
/// <param name="PreviousToken">The refresh token of the session that the browser had until now.</param>
/// <param name="Language">The language that it prefers, if mails are written in it.</param>
/// <param name="IsRemembered">Whether the user wants to stay signed in.</param>
internal sealed record SignInClient(
    string? Device,
    IPAddress? Address,
    string? DeviceToken,
    string? PreviousToken,
    string? Language,
    bool IsRemembered = true
)
{
    private const int MaxDevice = 255;

    /// <summary>The client of a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="inBody">Whether the client keeps its tokens itself, without cookies.</param>
    /// <param name="remember">What the client says about staying signed in; yes if nothing.</param>
    public static SignInClient Of(HttpContext http, bool inBody, bool? remember) =>
        new(
            DeviceOf(http.Request),
            AddressOf(http.Connection),
            DeviceCookie.Of(http.Request, inBody),
            inBody ? null : RefreshCookie.Find(http),
            MailLanguage.Of(http.Request),
            remember ?? true
        );

    private static IPAddress? AddressOf(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : connection.RemoteIpAddress;

    private static string? DeviceOf(HttpRequest request)
    {
        var device = request.Headers.UserAgent.ToString();
        if (device.Length <= MaxDevice)
            return device.Length == 0 ? null : device;

        // Not between the two halves of a character.
        return device[..(char.IsHighSurrogate(device[MaxDevice - 1]) ? MaxDevice - 1 : MaxDevice)];
    }
}
