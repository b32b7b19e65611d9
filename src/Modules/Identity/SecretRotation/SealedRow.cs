namespace Kumiko.Identity.SecretRotation;

/// <summary>A row with an encrypted column.</summary>
internal sealed record SealedRow
{
    /// <summary>The number by which the rows of the table are read in order.</summary>
    public long Id { get; init; }

    /// <summary>The id that the encryption is bound to, where it is a text.</summary>
    public string Owner { get; init; } = "";

    public byte[] Content { get; init; } = [];
}
