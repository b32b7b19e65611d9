using System.ComponentModel.DataAnnotations;
using Kumiko.BuildingBlocks.Web;

namespace Kumiko.Posts;

/// <summary>A post.</summary>
/// <param name="Id">Its number; newer posts have greater ones.</param>
/// <param name="Content">The text as it was written.</param>
/// <param name="UserId">Who wrote it.</param>
/// <param name="Username">The author's name now; null once the author is gone, or not known here yet.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record PostResponse(
    [property: Range(1, long.MaxValue), Example("42")] long Id,
    [property: MaxLength(PostContent.Longest), Example("\"おはようございます 🌱\"")] string Content,
    [property: Range(1, long.MaxValue), Example("7")] long UserId,
    [property: MaxLength(32), Example("\"hanako\"")] string? Username,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
