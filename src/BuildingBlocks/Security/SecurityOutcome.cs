namespace Kumiko.BuildingBlocks.Security;

/// <summary>The outcomes of a <see cref="SecurityEvent"/>, as the log and the metric name them.</summary>
public static class SecurityOutcome
{
    /// <summary>It was done.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>It was not allowed.</summary>
    public const string Refused = "refused";

    /// <summary>The token was valid, but has expired.</summary>
    public const string Expired = "expired";

    /// <summary>The token belongs to a session that has ended.</summary>
    public const string Ended = "ended";
}
