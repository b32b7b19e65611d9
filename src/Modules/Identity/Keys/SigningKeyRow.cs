namespace Kumiko.Identity.Keys;

/// <summary>A row of <c>signing_keys</c>.</summary>
internal sealed record SigningKeyRow
{
    public long Generation { get; init; }
    public string Kid { get; init; } = "";
    public string X { get; init; } = "";
    public string Y { get; init; } = "";
    public byte[] PrivateKey { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ActivatesAt { get; init; }
}
