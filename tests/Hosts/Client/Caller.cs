using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kumiko.TestHosts.Client;

/// <summary>An HTTP client of Kumiko: anonymous, or with an access token.</summary>
public partial class Caller : IDisposable
{
    // Sent as it is, not as \u escapes, so that UTF-8 is what gets tested.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http;

    /// <summary>Inspects every answer to every caller before it is returned; null for none.</summary>
    public static Action<HttpMethod, string, Answer>? Inspect { get; set; }

    /// <param name="address">The address of the system.</param>
    /// <param name="from">The local address to connect from (such as 127.0.0.2), for tests of limits per address; any if null.</param>
    public Caller(Uri address, IPAddress? from = null)
    {
        // No cookie jar: tests pass cookies themselves. No redirects: a redirect would be unexpected. Headers in UTF-8, for tests that send
        // invalid headers.
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        };
        if (from is null)
            Way.Lead(handler);
        else
            Way.LeaveFrom(handler, from);
        _http = new HttpClient(handler) { BaseAddress = address };
    }

    /// <summary>Creates a caller that shares another's connections.</summary>
    protected Caller(Caller other) => (_http, IsDescribed) = (other._http, other.IsDescribed);

    /// <summary>Whether the OpenAPI documents describe this address; they don't describe the operators' address.</summary>
    public bool IsDescribed { get; init; } = true;

    /// <summary>The address of the system.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>Sent as <c>Authorization: Bearer</c> with every request, unless null.</summary>
    public string? AccessToken { get; protected set; }

    /// <summary>The same caller with another access token, or without one.</summary>
    public Caller With(string? accessToken) => new(this) { AccessToken = accessToken };

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Answer> PutAsync(string path, object? body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, body, headers);

    public Task<Answer> PatchAsync(string path, object? body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, body, headers);

    public Task<Answer> DeleteAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, path, body, headers);

    /// <summary>
    /// Sends a request. The body is an object (sent as JSON), an <see cref="HttpContent"/> (sent unchanged), or null (none).
    /// </summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => Json(Unescaped(JsonSerializer.Serialize(body, Plain))),
        };
        if (AccessToken is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + AccessToken);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync($"{method} {path}", response);
        if (IsDescribed)
            Inspect?.Invoke(method, path, answer);
        return answer;
    }

    /// <summary>Sends a <c>GET</c> whose answer may never end, and returns after its headers. The caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>A body of JSON text, which may be invalid.</summary>
    public static HttpContent Json(string text, string mediaType = "application/json") => Bytes(Encoding.UTF8.GetBytes(text), mediaType);

    /// <summary>A body of any bytes, with any media type or none.</summary>
    public static HttpContent Bytes(byte[] bytes, string? mediaType = "application/json")
    {
        var content = new ByteArrayContent(bytes);
        if (mediaType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    // The encoder leaves everything else unchanged, but escapes characters beyond the first 65,536, which triples their size.
    private static string Unescaped(string json) =>
        EscapedPair()
            .Replace(json, pair => $"{(char)Convert.ToInt32(pair.Groups[1].Value, 16)}{(char)Convert.ToInt32(pair.Groups[2].Value, 16)}");

    [GeneratedRegex(@"(?<=(?<!\\)(?:\\\\)*)\\u(D[89AB]\w\w)\\u(D[C-F]\w\w)")]
    private static partial Regex EscapedPair();

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}
