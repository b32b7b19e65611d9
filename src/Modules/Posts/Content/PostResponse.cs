using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Posts.Content;

/// <summary>A post.</summary>
/// <param name="Id">The post's id; newer posts have greater ids.</param>
/// <param name="Content">The text.</param>
/// <param name="UserId">The author's id.</param>
/// <param name="Username">The author's current name; null if the account was deleted or is not known yet.</param>
/// <param name="CreatedAt">The time of creation.</param>
/// <param name="UpdatedAt">The time of the last change.</param>
internal sealed record PostResponse(
    [property: Range(1, long.MaxValue), Example("42")] long Id,
    [property: MaxLength(PostContent.MaxLength), Example("\"おはようございます 🌱\"")] string Content,
    [property: Range(1, long.MaxValue), Example("7")] long UserId,
    [property: MaxLength(32), Example("\"hanako\"")] string? Username,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);

[JsonSerializable(typeof(PostResponse))]
internal sealed partial class PostResponseJson : JsonSerializerContext;
