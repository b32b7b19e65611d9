using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kumiko.Contract.Speaking;

/// <summary>Somebody who speaks HTTP to Kumiko: nobody in particular, or the holder of an access token.</summary>
public partial class Caller : IDisposable
{
    // Sent as it stands, not as \u escapes, so that what is tested is UTF-8.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http;

    /// <summary>Looks at every answer, of every caller, before it is handed on; null for nobody.</summary>
    public static Action<HttpMethod, string, Answer>? Inspect { get; set; }

    /// <param name="address">The system spoken to.</param>
    /// <param name="from">The address of this machine to speak from (127.0.0.2, say), where limits go by it; any if null.</param>
    public Caller(Uri address, IPAddress? from = null)
    {
        // No cookie jar: tests hand over cookies themselves. No redirects: a redirect would be news.
        // Headers in UTF-8, for the tests that send what headers should not hold.
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

    /// <summary>A caller that shares the connections of another.</summary>
    protected Caller(Caller other) => (_http, IsDescribed) = (other._http, other.IsDescribed);

    /// <summary>Whether what is spoken to is what the OpenAPI documents describe; the operators' address is not.</summary>
    public bool IsDescribed { get; init; } = true;

    /// <summary>The system spoken to.</summary>
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
    /// Sends a request whose body is any object (as JSON), or an <see cref="HttpContent"/> (as it stands), or null (none).
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
        var answer = new Answer(
            $"{method} {path}",
            (int)response.StatusCode,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => header.Value.ToList(), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)
        );
        if (IsDescribed)
            Inspect?.Invoke(method, path, answer);
        return answer;
    }

    /// <summary>Sends a <c>GET</c> whose answer may never end, and returns when its headers are there. The caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>A body of JSON text, which need not be valid.</summary>
    public static HttpContent Json(string text, string mediaType = "application/json") => Bytes(Encoding.UTF8.GetBytes(text), mediaType);

    /// <summary>A body of any bytes, with any media type or none.</summary>
    public static HttpContent Bytes(byte[] bytes, string? mediaType = "application/json")
    {
        var content = new ByteArrayContent(bytes);
        if (mediaType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    // The encoder leaves everything else alone, but escapes whatever stands beyond the first 65,536 characters, tripling its size.
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
