using System.Text.Json.Serialization;

namespace Kumiko.Posts.Streaming;

/// <summary>A post that is gone.</summary>
/// <param name="Id">Its number.</param>
internal sealed record DeletedPost(long Id);

[JsonSerializable(typeof(DeletedPost))]
internal sealed partial class DeletedPostJson : JsonSerializerContext;
