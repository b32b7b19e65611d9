using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.CreatePost;

/// <summary>A new post.</summary>
internal sealed record CreatePostRequest : ICommand<ErrorOr<IdempotentAnswer<PostResponse>>>
{
    /// <summary>
    /// The text: 1 to 10,000 characters (Unicode scalar values) after leading and trailing white space is removed, at least one of them
    /// visible. CR LF becomes LF; tab and newline are the only control characters allowed.
    /// </summary>
    [Required, Length(1, PostContent.MaxLength), Example("\"おはようございます 🌱\"")]
    public string? Content
    {
        get;
        init => field = PostContent.Normalize(value);
    }

    [JsonIgnore]
    public CurrentUser Author { get; init; } = null!;

    [JsonIgnore]
    public IdempotencyKey IdempotencyKey { get; init; } = IdempotencyKey.None;
}

[JsonSerializable(typeof(CreatePostRequest))]
internal sealed partial class CreatePostRequestJson : JsonSerializerContext;
