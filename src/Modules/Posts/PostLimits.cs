using Kumiko.BuildingBlocks.RateLimiting;

namespace Kumiko.Posts;

/// <summary>How much of the board one caller gets.</summary>
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
        "Too many streams are taken up again from your address. Wait a little."
    )
    {
        When = request => request.Headers.ContainsKey(StreamResume),
    };

    private const string StreamResume = Features.StreamPosts.StreamPostsRequest.LastEventId;

    public static ReadOnlySpan<RateLimit> All => new[] { Posts, Changes, Streams, Resumes };
}
