using Kumiko.BuildingBlocks.Versions;
using Mapster;

namespace Kumiko.Posts.Content;

/// <summary>A post with its author's name, as read from the database.</summary>
internal sealed record PostRow
{
    public long Id { get; init; }
    public string Content { get; init; } = "";
    public long UserId { get; init; }
    public string? Username { get; init; }
    public long Version { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether the change log does not contain the creation of the post yet. Only <c>LockPostAsync</c> reads it.</summary>
    public bool IsNew { get; init; }

    /// <summary>The entity tag. It includes the author's name, since a rename changes what is shown.</summary>
    public string Tag => EntityTags.Of(Version, Username ?? "");

    /// <summary>How stored answers name a post.</summary>
    public static string Resource(long id) => $"post:{id}";

    public PostResponse ToResponse() => TypeAdapter<PostRow, PostResponse>.Map(this);
}
