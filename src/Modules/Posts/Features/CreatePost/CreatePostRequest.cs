using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.CreatePost;

/// <summary>A new post.</summary>
internal sealed record CreatePostRequest
{
    /// <summary>
    /// The text: 1 to 10,000 characters (Unicode scalar values) after leading and trailing white space is removed, at least one of them
    /// visible. CR LF becomes LF; tab and newline are the only control characters allowed.
    /// </summary>
    [Required, Length(1, PostContent.MaxLength), Example("\"おはようございます 🌱\"")]
    public string? Content { get; init; }
}

[JsonSerializable(typeof(CreatePostRequest))]
internal sealed partial class CreatePostRequestJson : JsonSerializerContext;
