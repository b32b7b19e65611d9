namespace Kumiko.Identity.Keys;

/// <summary>How long what a key signs stays valid.</summary>
internal static class TokenLifetimes
{
    /// <summary>Short, since a token is not asked about before it expires.</summary>
    public static readonly TimeSpan AccessToken = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long after the end of a session a token of it may be accepted at most: clocks differ, and one that was refreshed at that moment
    /// is issued after it.
    /// </summary>
    public static readonly TimeSpan MaxUse = AccessToken + BearerTokens.ClockSkew + TimeSpan.FromMinutes(1);
}
