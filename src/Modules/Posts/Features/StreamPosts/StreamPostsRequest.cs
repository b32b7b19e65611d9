using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Posts.Changes;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Kumiko.Posts.Features.StreamPosts;

/// <param name="After">The last change that the caller has seen; null for those from now on.</param>
internal sealed record StreamPostsRequest(long? After) : IQuery<ErrorOr<ChangeReader>>
{
    public const string LastEventId = "Last-Event-ID";
}

internal sealed class StreamPostsEndpoint : ICarterModule
{
    private static readonly MediaTypeHeaderValue EventStreams = new(EventStream.MediaType) { Charset = "utf-8" };

    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/api/crud/posts/stream", AnswerAsync)
        .WithName("StreamPosts")
        .WithTags("Posts")
        .WithSummary("Follow what happens to posts")
        .WithDescription(
            """
            Server-sent events, as a browser's `EventSource` reads them, in the same order from every instance:

            | event | data |
            | --- | --- |
            | `post.created`, `post.updated` | the post: `id`, `content`, `user_id`, `username`, `created_at`, `updated_at`; `content` is null if the post was changed or deleted since, which a later event tells |
            | `post.deleted` | `{"id": 42}` |
            | `author.renamed` | `{"user_id": 7, "username": "hanako"}`: all posts of this author bear the new name |
            | `stream.open` | `{}`: the first event of each stream |
            | `stream.reset` | `{}`: what came after `Last-Event-ID` is not kept any more (changes are for 24 hours), or is more than a resume tells (10,000 events and 1 MiB); read the list again. The stream goes on from now |

            Each has an `id`, which grows. Come back with the last one as `Last-Event-ID` (an `EventSource` does so by itself) and nothing is missed or told twice.
            Without it the stream tells what is written from its first line on. A comment line every 15 seconds keeps the connection. The stream ends when the
            server stops: come back.
            """)
        .RateLimited(PostLimits.Streams)
        .RateLimited(PostLimits.Resumes)
        .Produces<string>(StatusCodes.Status200OK, EventStream.MediaType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status406NotAcceptable);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellation,
        [FromHeader(Name = StreamPostsRequest.LastEventId), Description("The `id` of the last event that was seen: go on after it."), RegularExpression("^[0-9]*$"), MaxLength(19), Example("\"1729\"")] string? lastEventId = null)
    {
        if (!Accepts(http.Request))
            return Problems.From([Failures.NotAcceptable($"This is a stream of events: send 'Accept: {EventStream.MediaType}', or no Accept.")]);

        var after = Read(lastEventId);
        if (after.IsError)
            return Problems.From(after.Errors);

        var result = await mediator.Send(new StreamPostsRequest(after.Value), cancellation);
        return result.Match(reader => new EventStream(reader), Problems.From);
    }

    // A client that reads JSON alone would wait for the end of an answer that has none.
    private static bool Accepts(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0 || accepted.Any(type => type.Quality != 0 && EventStreams.IsSubsetOf(type));
    }

    // An empty one is what an EventSource means by none.
    private static ErrorOr<long?> Read(string? lastEventId)
    {
        if (string.IsNullOrEmpty(lastEventId))
            return default(long?);

        return long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? seq
            : Failures.Malformed(StreamPostsRequest.LastEventId, "It is the id of an event of this stream, a whole number.");
    }
}
