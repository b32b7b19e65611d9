using System.Text;

namespace Kumiko.TestHosts.Client;

/// <summary>Requests that the web server refuses before any of our code runs (decision 76).</summary>
public static class InvalidHttp
{
    /// <summary>
    /// Each request, a character for each byte; the status by Kestrel; and the status through Caddy, which forwards some of them.
    /// </summary>
    /// <param name="host">The host to name.</param>
    public static IReadOnlyList<(string Request, int Alone, int ThroughCaddy)> Requests(string host) =>
        [
            ($"GET /api/crud/%00 HTTP/1.1\r\nHost: {host}\r\n\r\n", 400, 400),
            ($"GET /a b HTTP/1.1\r\nHost: {host}\r\n\r\n", 400, 400),
            ($"GET /api/crud/posts?q={Utf8("おはよう")} HTTP/1.1\r\nHost: {host}\r\n\r\n", 400, 400),
            // Caddy escapes the path.
            ($"GET /api/crud/{Utf8("おはよう")} HTTP/1.1\r\nHost: {host}\r\n\r\n", 400, 404),
            ("GET /api/crud/posts HTTP/1.1\r\n\r\n", 400, 400),
            ($"GET /api/crud/posts HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n", 400, 400),
            ($"GET /api/crud/posts HTTP/1.1\r\nHost: {host}\r\nno colon\r\n\r\n", 400, 400),
            ($"GET /api/crud/posts HTTP/1.1\r\nHost: {host}\r\nX: \0\r\n\r\n", 400, 400),
            ($"GET /api/crud/posts HTTP/1.1\r\nHost: {host}\r\nX: caf\u00e9\r\n\r\n", 400, 400),
            ($"GET /api/crud/posts HTTP/1.1\r\nHost: {host}\r\nX: {new string('a', 40_000)}\r\n\r\n", 431, 431),
            ($"GET /api/crud/posts?q={new string('a', 34_000)} HTTP/1.1\r\nHost: {host}\r\n\r\n", 414, 414),
            // Caddy counts the line as a header, and allows 4 KiB more.
            ($"GET /api/crud/posts?q={new string('a', 40_000)} HTTP/1.1\r\nHost: {host}\r\n\r\n", 414, 431),
            ($"POST /api/auth/login HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n", 400, 400),
            ($"POST /api/auth/login HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400, 400),
            ($"GET /api/crud/posts HTTP/9.9\r\nHost: {host}\r\n\r\n", 505, 505),
        ];

    private static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
