namespace Kumiko.Identity.Keys;

/// <summary>How long tokens stay valid.</summary>
internal static class TokenLifetimes
{
    /// <summary>Short, because modules verify a token without asking Identity.</summary>
    public static readonly TimeSpan AccessToken = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The longest time after a session's end in which its tokens may be accepted: clocks differ, and a token that was refreshed at that
    /// moment is issued after the end.
    /// </summary>
    public static readonly TimeSpan MaxUse = AccessToken + BearerTokens.ClockSkew + TimeSpan.FromMinutes(1);
}
