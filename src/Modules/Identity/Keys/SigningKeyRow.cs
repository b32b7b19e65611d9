namespace Kumiko.Identity.Keys;

/// <summary>A row of <c>signing_keys</c>.</summary>
internal sealed record SigningKeyRow
{
    public required long Generation { get; init; }

    public required string Kid { get; init; }

    public required string X { get; init; }

    public required string Y { get; init; }

    public required byte[] PrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ActivatesAt { get; init; }
}
