using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>
/// How much of something one caller may use. The limit applies to each process; what must hold across all processes is counted
/// in a database.
/// </summary>
/// <param name="Name">Its name in the <c>RateLimit</c> fields: lower case, words joined by hyphens.</param>
/// <param name="Setting">The setting that holds the quota.</param>
/// <param name="Quota">The default quota.</param>
/// <param name="Window">The period of the quota; null if the quota limits how many may run at once.</param>
/// <param name="By">The key by which callers are distinguished.</param>
/// <param name="Refusal">The message for a caller that has used up the quota.</param>
public sealed record RateLimit(string Name, string Setting, int Quota, TimeSpan? Window, RateLimitKey By, string Refusal)
{
    /// <summary>Selects the requests that count; if null, all do.</summary>
    public Func<HttpRequest, bool>? When { get; init; }

    /// <summary>
    /// Recognizes a caller, who then has a quota of their own instead of sharing that of the client address; null for anybody else.
    /// </summary>
    public Func<HttpRequest, string?>? Recognize { get; init; }
}
