using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kumiko.Demo.Api;

/// <summary>An answer of the API.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The whole body.</param>
/// <param name="Elapsed">The time from sending the request that succeeded to the last byte.</param>
internal sealed record Answer(HttpStatusCode Status, byte[] Body, TimeSpan Elapsed)
{
    /// <summary>The body read as JSON.</summary>
    /// <exception cref="DemoException">The status is not the one expected, or the body is something else.</exception>
    public T Read<T>(HttpStatusCode expected, JsonTypeInfo<T> type)
    {
        if (Status != expected)
            throw new DemoException($"expected {(int)expected}, got {(int)Status}: {Excerpt()}");

        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new DemoException("the answer is null");
        }
        catch (JsonException e)
        {
            throw new DemoException($"the answer cannot be read ({e.Message}): {Excerpt()}");
        }
    }

    private string Excerpt()
    {
        var text = System.Text.Encoding.UTF8.GetString(Body);
        return text.Length > 300 ? text[..300] + "…" : text;
    }
}

/// <summary>Sends HTTP requests to the Host over a bounded number of connections, and repeats those that may be repeated.</summary>
internal sealed class KumikoClient : IDisposable
{
    // Longer than a database needs to recover, shorter than people want to watch a progress bar that stands still.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;
    private int _retries;

    public KumikoClient(Uri url, int connections) =>
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                MaxConnectionsPerServer = connections,
                UseCookies = false,
                UseProxy = false,
            }
        )
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromSeconds(60),
        };

    /// <summary>
    /// The number of requests that were sent again, after a broken connection or because the server asked to retry later.
    /// </summary>
    public int Retries => _retries;

    /// <summary>Sends a <c>GET</c>.</summary>
    public Task<Answer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    /// <summary>
    /// Sends a <c>POST</c>. With an <paramref name="idempotencyKey"/>, a copy sent after a lost answer has no second effect.
    /// </summary>
    public Task<Answer> PostAsync<T>(
        string path,
        T body,
        JsonTypeInfo<T> type,
        string? accessToken,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(json) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                if (accessToken is not null)
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
                if (idempotencyKey is not null)
                    request.Headers.Add("Idempotency-Key", idempotencyKey);
                return request;
            },
            cancellationToken
        );
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan? wait = null;
            try
            {
                var sent = Stopwatch.GetTimestamp();
                using var request = make();
                using var response = await _http.SendAsync(request, cancellationToken);
                var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                if (!IsWorthRepeating(response, request, attempt) || Stopwatch.GetElapsedTime(begun) > Patience)
                    return new Answer(response.StatusCode, body, Stopwatch.GetElapsedTime(sent));

                wait = response.Headers.RetryAfter switch
                {
                    { Delta: { } delta } => delta,
                    { Date: { } date } => date - DateTimeOffset.UtcNow,
                    _ => null,
                };
            }
            catch (Exception e) when (IsBrokenConnection(e, cancellationToken))
            {
                if (Stopwatch.GetElapsedTime(begun) > Patience)
                    throw new DemoException($"{_http.BaseAddress} does not answer ({e.Message})");
            }

            Interlocked.Increment(ref _retries);
            await Task.Delay(wait is { } asked && asked > TimeSpan.Zero ? asked : Backoff(attempt), cancellationToken);
        }
    }

    // A copy may get 409 because the first request, whose answer was lost, is still running.
    private static bool IsWorthRepeating(HttpResponseMessage response, HttpRequestMessage request, int attempt) =>
        response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => true,
            HttpStatusCode.Conflict => attempt > 0 && request.Headers.Contains("Idempotency-Key"),
            _ => false,
        };

    private static bool IsBrokenConnection(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException
        || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested);

    private static TimeSpan Backoff(int attempt) =>
        TimeSpan.FromMilliseconds(Math.Min(100 << Math.Min(attempt, 5), 2_000) * (0.5 + Random.Shared.NextDouble()));
}
