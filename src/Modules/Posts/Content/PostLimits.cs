using Kumiko.BuildingBlocks.RateLimiting;
using Microsoft.Extensions.Primitives;

namespace Kumiko.Posts.Content;

/// <summary>Limits for one caller of the board.</summary>
internal static class PostLimits
{
    public static readonly RateLimit Posts = new(
        "posts",
        "RateLimits:PostsPerMinute",
        60,
        TimeSpan.FromMinutes(1),
        RateLimitKey.User,
        "You write too many posts. Wait a little."
    );

    public static readonly RateLimit Changes = new(
        "post-changes",
        "RateLimits:ChangesPerMinute",
        120,
        TimeSpan.FromMinutes(1),
        RateLimitKey.User,
        "You change or delete too many posts. Wait a little."
    );

    public static readonly RateLimit Searches = new(
        "searches",
        "RateLimits:SearchesPerMinute",
        300,
        TimeSpan.FromMinutes(1),
        RateLimitKey.Address,
        "Your address searches too often. Wait a little."
    )
    {
        When = request => !StringValues.IsNullOrEmpty(request.Query["q"]),
    };

    public static readonly RateLimit Streams = new(
        "streams",
        "RateLimits:StreamsPerAddress",
        20,
        null,
        RateLimitKey.Address,
        "Too many streams are open from your address. Close some first."
    );

    public static readonly RateLimit Resumes = new(
        "stream-resumes",
        "RateLimits:ResumesPerMinute",
        60,
        TimeSpan.FromMinutes(1),
        RateLimitKey.Address,
        "Too many streams are resumed from your address. Wait a little."
    )
    {
        When = request => !StringValues.IsNullOrEmpty(request.Headers[LastEventId]),
    };

    /// <summary>The header in which a client says where its stream broke off (HTML, 9.2.4).</summary>
    public const string LastEventId = "Last-Event-ID";

    public static ReadOnlySpan<RateLimit> All => new[] { Posts, Changes, Searches, Streams, Resumes };
}
