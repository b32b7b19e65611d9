using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kumiko.Posts.Streaming;

/// <summary>
/// Sends changes as server-sent events (WHATWG HTML, 9.2) until the client disconnects or the host stops. The framework's own result sends
/// no heartbeats.
/// </summary>
internal static class EventStream
{
    public const string MediaType = "text/event-stream";

    private const int MaxFlush = 32 * 1024;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task SendAsync(HttpContext http, ChangeReader reader)
    {
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        var response = http.Response;
        // Some clients assume Latin-1 if no charset is named.
        response.ContentType = $"{MediaType}; charset=utf-8";
        // A proxy that compresses, such as HAProxy, would hold events back until it has enough to compress.
        response.Headers.CacheControl = "no-store, no-transform";
        // nginx buffers otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(http.Request.Method))
            return;

        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await SendAsync(response.BodyWriter, reader, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client has disconnected, or the host is stopping.
        }
    }

    private static async Task SendAsync(PipeWriter body, ChangeReader reader, CancellationToken cancellationToken)
    {
        // Sent at once, since the headers go out with the first write. A client that is cut off before the first change returns with this
        // id. The event has data, because some clients take a block without data for an empty message. The retry time is random, so that
        // clients do not all reconnect at once.
        var opening = string.Create(
            CultureInfo.InvariantCulture,
            $": the changes of posts\nretry: {Random.Shared.Next(1_000, 3_000)}\nid: {reader.Position}\nevent: stream.open\ndata: {{}}\n\n"
        );
        Encoding.UTF8.GetBytes(opening, body);
        await body.FlushAsync(cancellationToken);
        var lastHeartbeat = Stopwatch.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            var left = Heartbeat - Stopwatch.GetElapsedTime(lastHeartbeat);
            foreach (var change in await reader.ReadAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken))
            {
                body.Write(change.Frame);
                if (body.UnflushedBytes >= MaxFlush)
                    await body.FlushAsync(cancellationToken);
            }

            if (Stopwatch.GetElapsedTime(lastHeartbeat) >= Heartbeat)
            {
                // No empty line follows: for some clients it would end a message, an empty one.
                body.Write(":\n"u8);
                lastHeartbeat = Stopwatch.GetTimestamp();
            }

            if (body.UnflushedBytes > 0 && (await body.FlushAsync(cancellationToken)).IsCompleted)
                return;
        }
    }
}
