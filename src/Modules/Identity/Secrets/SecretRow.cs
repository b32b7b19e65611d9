namespace Kumiko.Identity.Secrets;

/// <summary>A one-time secret that can still be used.</summary>
internal sealed record SecretRow
{
    /// <summary>The user it was made for.</summary>
    public long UserId { get; init; }

    /// <summary>The address that it was sent to.</summary>
    public string Email { get; init; } = "";

    /// <summary>From when on it cannot be used.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
