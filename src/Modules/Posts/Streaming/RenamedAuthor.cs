using System.Text.Json.Serialization;

namespace Kumiko.Posts.Streaming;

/// <summary>An author with a new name.</summary>
/// <param name="UserId">The author's id.</param>
/// <param name="Username">The author's current name; null if the account was deleted.</param>
internal sealed record RenamedAuthor(long UserId, string? Username);

[JsonSerializable(typeof(RenamedAuthor))]
internal sealed partial class RenamedAuthorJson : JsonSerializerContext;
