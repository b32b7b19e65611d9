using System.Text.Json.Serialization;

namespace Kumiko.Posts.Streaming;

/// <summary>An author who goes by another name now.</summary>
/// <param name="UserId">Whose posts bear it.</param>
/// <param name="Username">The name, as it is when the event is read; null once the author is gone.</param>
internal sealed record RenamedAuthor(long UserId, string? Username);

[JsonSerializable(typeof(RenamedAuthor))]
internal sealed partial class RenamedAuthorJson : JsonSerializerContext;
