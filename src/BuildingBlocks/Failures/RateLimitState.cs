using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.Failures;

/// <summary>What remains of a caller's quota, as the fields of draft-ietf-httpapi-ratelimit-headers express it.</summary>
/// <param name="Name">The limit's name.</param>
/// <param name="Quota">The whole quota.</param>
/// <param name="Window">The period of the quota; null if the quota limits how many may run at once.</param>
/// <param name="Remaining">What remains of the quota.</param>
/// <param name="Reset">The time until more is available; null if it is unknown.</param>
public sealed record RateLimitState(string Name, int Quota, TimeSpan? Window, long Remaining, TimeSpan? Reset)
{
    private string Policy =>
        Window is { } window
            ? string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";q={Quota};w={Seconds(window)}")
            : string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";q={Quota};qu=\"concurrent-requests\"");

    private string Left =>
        Reset is { } reset
            ? string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";r={Remaining};t={Seconds(reset)}")
            : string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";r={Remaining}");

    /// <summary>Adds the limit and what remains of it to the headers of a response.</summary>
    public void WriteTo(IHeaderDictionary headers)
    {
        headers.Append("RateLimit-Policy", Policy);
        headers.Append("RateLimit", Left);
    }

    private static long Seconds(TimeSpan time) => (long)Math.Max(1, Math.Ceiling(time.TotalSeconds));
}
