using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Posts.Content;
using Kumiko.Posts.Streaming;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Kumiko.Posts.Features.StreamPosts;

internal sealed class StreamPostsEndpoint : ICarterModule
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);
    private static readonly MediaTypeHeaderValue EventStreams = new(EventStream.MediaType) { Charset = "utf-8" };

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/crud/posts/stream", AnswerAsync)
            .AllowAnonymous()
            .WithName("StreamPosts")
            .WithTags("Posts")
            .WithSummary("Stream changes to posts")
            .WithDescription(
                """
                Server-sent events, as a browser's `EventSource` reads them, in the same order from every instance:

                | event | data |
                | --- | --- |
                | `post.created`, `post.updated` | the post: `id`, `content`, `user_id`, `username`, `created_at`, `updated_at`; `content` is null if the post was changed or deleted since; a later event reports it |
                | `post.deleted` | `{"id": 42}` |
                | `author.renamed` | `{"user_id": 7, "username": "hanako"}`: all posts by this author carry the new name |
                | `stream.open` | `{}`: the first event of each stream |
                | `stream.reset` | `{}`: the changes after `Last-Event-ID` are no longer kept (24 hours), or exceed what a resume sends (10,000 events and 1 MiB). Read the list again; the stream continues from now |

                Each event has an increasing `id`. Reconnect with the last one as `Last-Event-ID` (an `EventSource` does so by itself), and
                nothing is missed or repeated. Without it, the stream reports changes made after its first line. A comment line every 15
                seconds keeps the connection open. The stream ends when the server stops: reconnect.
                """
            )
            .RateLimited(PostLimits.Streams)
            .RateLimited(PostLimits.Resumes)
            .Produces<string>(StatusCodes.Status200OK, EventStream.MediaType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status406NotAcceptable);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        ChangeFeed feed,
        CancellationToken cancellationToken,
        [
            FromHeader(Name = PostLimits.LastEventId),
            Description("The `id` of the last event received; the stream continues after it."),
            RegularExpression("^[0-9]*$"),
            MaxLength(19),
            Example("\"1729\"")
        ]
            string? lastEventId = null
    )
    {
        if (!Accepts(http.Request))
            return Problems.From([
                Errors.NotAcceptable($"This is an event stream: send 'Accept: {EventStream.MediaType}', or leave Accept out."),
            ]);

        var after = Read(lastEventId);
        if (after.IsError)
            return Problems.From(after.Errors);

        // Nothing else takes a seat. It is free again when this method ends, however it ends.
        using var seat = feed.TryAcquireSeat();
        if (seat is null)
            return Problems.From([Errors.Unavailable("Too many streams are open here. Try again in a few seconds.", RetryAfter)]);

        var reader = await mediator.Send(new StreamPosts(after.Value), cancellationToken);
        if (reader.IsError)
            return Problems.From(reader.Errors);

        await EventStream.SendAsync(http, reader.Value);
        return Results.Empty;
    }

    // A client that only reads JSON would wait for the end of a response that never ends.
    private static bool Accepts(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0 || accepted.Any(type => type.Quality != 0 && EventStreams.IsSubsetOf(type));
    }

    // An EventSource sends an empty id when it has none.
    private static ErrorOr<long?> Read(string? lastEventId)
    {
        if (string.IsNullOrEmpty(lastEventId))
            return default(long?);

        return long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? seq
            : Errors.Malformed(PostLimits.LastEventId, "Not the id of an event: send the 'id' of the last event received, a whole number.");
    }
}
