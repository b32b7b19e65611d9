using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.UpdatePost;

/// <summary>The new text of a post.</summary>
internal sealed record UpdatePostRequest
{
    /// <summary>
    /// The text: 1 to 10,000 characters (Unicode scalar values) after leading and trailing white space is removed, at least one of them
    /// visible. CR LF becomes LF; tab and newline are the only control characters allowed.
    /// </summary>
    [Required, Length(1, PostContent.MaxLength), Example("\"おはようございます 🌸\"")]
    public string? Content { get; init; }
}

[JsonSerializable(typeof(UpdatePostRequest))]
internal sealed partial class UpdatePostRequestJson : JsonSerializerContext;
