using System.Text.Json.Serialization;

namespace Kumiko.Posts.Changes;

/// <summary>The types that are passed to the database as JSON.</summary>
[JsonSerializable(typeof(IEnumerable<long>))]
[JsonSerializable(typeof(IEnumerable<NumberedChange>))]
internal sealed partial class ChangesJson : JsonSerializerContext;
