using System.Text.Json;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Paging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>
/// Responses in JSON with a <c>Content-Length</c>. The framework's own results are sent in chunks, which ends the connection of
/// an HTTP/1.0 client.
/// </summary>
public static class Answers
{
    private const string MediaType = "application/json; charset=utf-8";

    /// <summary>200 with a value.</summary>
    public static IResult Ok<T>(T value) => new JsonAnswer<T>(value, StatusCodes.Status200OK);

    /// <summary>202 with a value that says how far it is.</summary>
    public static IResult Accepted<T>(T value) => new JsonAnswer<T>(value, StatusCodes.Status202Accepted);

    /// <summary>200 with a page of a list.</summary>
    public static IResult Ok<TRow, T>(Page<TRow> page, Func<TRow, T> toResponse)
    {
        var items = new T[page.Items.Count];
        for (var at = 0; at < items.Length; at++)
            items[at] = toResponse(page.Items[at]);
        return Ok(new ListResponse<T>(items, page.NextCursor));
    }

    /// <summary>201 with the new resource, its address and its tag; it says if the resource was created by an earlier request.</summary>
    public static IResult Created<T>(string location, IdempotentAnswer<T> answer) => new CreatedAnswer<T>(location, answer);

    /// <summary>The health of a module, which asks its database: 200, or 503 when it does not answer.</summary>
    public static async Task<IResult> HealthAsync(
        ModuleDatabase database,
        TimeProvider clock,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var isConnected = await database.CanConnectAsync(cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        if (!isConnected)
            http.Response.Headers.RetryAfter = "5";
        return new JsonAnswer<HealthResponse>(
            HealthResponse.Of(isConnected, clock.Now()),
            isConnected ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }

    internal static async Task WriteAsync<T>(HttpContext http, T value, string mediaType)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        http.Response.ContentType = mediaType;
        // Nothing is sent before the flush, so the length is known by then.
        var body = http.Response.BodyWriter;
        await using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = options.Encoder, SkipValidation = true }))
        {
            JsonSerializer.Serialize(json, value, options.GetTypeInfo(typeof(T)));
            await json.FlushAsync(http.RequestAborted);
            http.Response.ContentLength = json.BytesCommitted;
        }

        await body.FlushAsync(http.RequestAborted);
    }

    private sealed class JsonAnswer<T>(T value, int status) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            return WriteAsync(httpContext, value, MediaType);
        }
    }

    private sealed class CreatedAnswer<T>(string location, IdempotentAnswer<T> answer) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status201Created;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status201Created;
            var headers = httpContext.Response.Headers;
            headers.Location = location;
            headers.ETag = answer.Tag;
            if (answer.IsReplayed)
                headers[IdempotencyStore.ReplayedHeader] = "true";
            return WriteAsync(httpContext, answer.Resource, MediaType);
        }
    }
}
