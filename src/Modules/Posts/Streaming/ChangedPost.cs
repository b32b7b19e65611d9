using System.Text.Json.Serialization;

namespace Kumiko.Posts.Streaming;

/// <summary>A post, in the event that reports its creation or its change.</summary>
/// <param name="Id">The post's id.</param>
/// <param name="Content">The text at that time; null if the post was changed or deleted since, which a later event reports.</param>
/// <param name="UserId">The author's id.</param>
/// <param name="Username">The author's current name; null if the account was deleted or is not known yet.</param>
/// <param name="CreatedAt">The time of creation.</param>
/// <param name="UpdatedAt">The time of this change.</param>
internal sealed record ChangedPost(
    long Id,
    string? Content,
    long UserId,
    string? Username,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);

[JsonSerializable(typeof(ChangedPost))]
internal sealed partial class ChangedPostJson : JsonSerializerContext;
