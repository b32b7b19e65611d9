using System.Text.Json;
using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Infrastructure.Nats;

/// <summary>
/// Events of one name as one message. The broker syncs each message to its disk, which takes longer than everything else on an event's way.
/// </summary>
internal static class EventPack
{
    public static string Write(IEnumerable<Envelope> events) =>
        JsonSerializer.Serialize(
            events.Select(one => new PackedEvent(one.EventId, one.Body, one.TraceParent, one.CreatedAt)),
            EventJson.Options
        );

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="name">
    /// The name from the message's subject, which says what its sender may send. The events themselves have no say in it.
    /// </param>
    /// <param name="message">The message.</param>
    /// <exception cref="JsonException">The message does not hold events.</exception>
    public static List<Envelope> Read(string name, string message) =>
        (
            JsonSerializer.Deserialize<List<PackedEvent>>(message, EventJson.Options) ?? throw new JsonException("The message is empty.")
        ).ConvertAll(one => new Envelope
        {
            EventId = one.EventId,
            Name = name,
            Body = one.Body,
            TraceParent = one.TraceParent,
            CreatedAt = one.CreatedAt,
        });

    private sealed record PackedEvent(string EventId, string Body, string? TraceParent, DateTimeOffset CreatedAt);
}
