namespace Kumiko.BuildingBlocks.Security;

/// <summary>How a <see cref="SecurityEvent"/> ended, as the log and the metric name it.</summary>
public static class SecurityOutcome
{
    /// <summary>It was done.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>It was not let happen.</summary>
    public const string Refused = "refused";

    /// <summary>The token was a good one, once.</summary>
    public const string Expired = "expired";

    /// <summary>The token is of a session that has ended.</summary>
    public const string Ended = "ended";
}
