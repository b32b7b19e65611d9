using System.Text.Json.Serialization;

namespace Kumiko.Posts.Streaming;

/// <summary>A deleted post.</summary>
/// <param name="Id">The post's id.</param>
internal sealed record DeletedPost(long Id);

[JsonSerializable(typeof(DeletedPost))]
internal sealed partial class DeletedPostJson : JsonSerializerContext;
