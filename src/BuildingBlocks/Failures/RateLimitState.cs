using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.Failures;

/// <summary>How much a caller has left, as the fields of draft-ietf-httpapi-ratelimit-headers tell it.</summary>
/// <param name="Name">The limit's name.</param>
/// <param name="Quota">How much there is in all.</param>
/// <param name="Window">For how long; null when it is how many may run at once.</param>
/// <param name="Remaining">How much is left.</param>
/// <param name="Reset">In how long there is more; null when that is not known.</param>
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

    /// <summary>Adds the limit and what is left of it to an answer.</summary>
    public void WriteTo(IHeaderDictionary headers)
    {
        headers.Append("RateLimit-Policy", Policy);
        headers.Append("RateLimit", Left);
    }

    private static long Seconds(TimeSpan time) => (long)Math.Max(1, Math.Ceiling(time.TotalSeconds));
}
