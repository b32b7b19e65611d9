namespace Kumiko.Identity.Passkeys;

/// <summary>A passkey as stored in the database.</summary>
internal sealed record PasskeyRow
{
    public long Id { get; init; }
    public long UserId { get; init; }

    /// <summary>What the owner calls it.</summary>
    public string Name { get; init; } = "";

    public byte[] CredentialId { get; init; } = [];

    /// <summary>The public key, in COSE (RFC 9052).</summary>
    public byte[] PublicKey { get; init; } = [];

    /// <summary>How often the authenticator says that it has signed; 0 if it does not count.</summary>
    public long SignCount { get; init; }

    /// <summary>Whether the passkey can be copied to other devices. It never changes.</summary>
    public bool BackupEligible { get; init; }

    /// <summary>Whether the passkey is on other devices, too.</summary>
    public bool BackedUp { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used to prove who the owner is; null before that.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public PasskeyResponse ToResponse() => new(Id, Name, BackedUp, CreatedAt, LastUsedAt);
}
