using System.Text.Json.Serialization;

namespace Kumiko.Posts.Changes;

/// <summary>The types that are passed to the database as JSON.</summary>
[JsonSerializable(typeof(List<long>))]
internal sealed partial class ChangesJson : JsonSerializerContext;
