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
/// Sends changes as server-sent events (WHATWG HTML, 9.2) until the client leaves or the host stops. The framework's own result sends no
/// heartbeat.
/// </summary>
internal sealed class EventStream(ChangeReader reader) : IResult
{
    public const string MediaType = "text/event-stream";

    private const int MaxFlush = 32 * 1024;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (reader)
        {
            var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            var response = httpContext.Response;
            // Some clients read Latin-1 where no charset is named.
            response.ContentType = $"{MediaType}; charset=utf-8";
            // A proxy that compresses would hold events back until it has enough to compress: HAProxy does.
            response.Headers.CacheControl = "no-store, no-transform";
            // nginx buffers otherwise.
            response.Headers["X-Accel-Buffering"] = "no";
            if (HttpMethods.IsHead(httpContext.Request.Method))
                return;

            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            try
            {
                await SendAsync(response.BodyWriter, ending.Token);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // The client has left, or the host stops.
            }
        }
    }

    private async Task SendAsync(PipeWriter body, CancellationToken cancellationToken)
    {
        // At once, since the headers go out with the first write. With the id, a client that is cut off before the first change comes back
        // with it; a block without data would be an empty message to some clients. Not all come back at the same moment.
        var opening = string.Create(
            CultureInfo.InvariantCulture,
            $": the changes of posts\nretry: {Random.Shared.Next(1_000, 3_000)}\nid: {reader.Position}\nevent: stream.open\ndata: {{}}\n\n"
        );
        Encoding.UTF8.GetBytes(opening, body);
        await body.FlushAsync(cancellationToken);
        var beaten = Stopwatch.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            var left = Heartbeat - Stopwatch.GetElapsedTime(beaten);
            foreach (var change in await reader.ReadAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken))
            {
                body.Write(change.Frame);
                if (body.UnflushedBytes >= MaxFlush)
                    await body.FlushAsync(cancellationToken);
            }

            if (Stopwatch.GetElapsedTime(beaten) >= Heartbeat)
            {
                // No empty line after it: to some clients that ends a message, one of nothing.
                body.Write(":\n"u8);
                beaten = Stopwatch.GetTimestamp();
            }

            if (body.UnflushedBytes > 0 && (await body.FlushAsync(cancellationToken)).IsCompleted)
                return;
        }
    }
}
