namespace Kumiko.Identity.SecondFactors;

/// <summary>The secret of a user's authenticator app as stored in the database.</summary>
internal sealed record TotpRow
{
    public long UserId { get; init; }
    public byte[] SealedSecret { get; init; } = [];

    /// <summary>The step of the last accepted code: it and the ones before it are not accepted again.</summary>
    public long LastStep { get; init; }

    /// <summary>When it was set up; once it is confirmed, when that was.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is too late to confirm it; null once it is confirmed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
