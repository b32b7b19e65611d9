using System.Text.Json.Serialization;

namespace Kumiko.Posts.Streaming;

/// <summary>A post in an event that tells of it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Content">The text as it was written then; null if the post was changed or deleted since, which a later event tells.</param>
/// <param name="UserId">Who wrote it.</param>
/// <param name="Username">The author's name; null once the author is gone, or not known here yet.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="UpdatedAt">When it was changed to this.</param>
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
