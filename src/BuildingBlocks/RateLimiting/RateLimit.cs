using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>
/// How much of something one caller gets. It holds for each process; what must hold over all of them is counted in a database.
/// </summary>
/// <param name="Name">Its name in the <c>RateLimit</c> fields: lower case, words joined by hyphens.</param>
/// <param name="Setting">The setting that holds the quota.</param>
/// <param name="Quota">The quota if the setting is left out.</param>
/// <param name="Window">For how long the quota is; null when it is how many may run at once.</param>
/// <param name="By">Whose quota it is.</param>
/// <param name="Refusal">What a caller reads who has had too many.</param>
public sealed record RateLimit(string Name, string Setting, int Quota, TimeSpan? Window, RateLimitKey By, string Refusal)
{
    /// <summary>The requests that count; all if null.</summary>
    public Func<HttpRequest, bool>? When { get; init; }
}
