namespace Kumiko.Posts.Changes;

/// <summary>A numbered change, with the author's current name.</summary>
internal sealed record ChangeRow
{
    public long Seq { get; init; }
    public long PostId { get; init; }
    public string Kind { get; init; } = "";
    public long UserId { get; init; }
    public string? Username { get; init; }
    public string? Content { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}
