namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>An event that a handler failed to handle, set aside for an operator.</summary>
public sealed record ParkedEvent
{
    /// <summary>The event's id.</summary>
    public string EventId { get; init; } = "";

    /// <summary>The module that failed to handle it.</summary>
    public string Module { get; init; } = "";

    /// <summary>The module's handler.</summary>
    public string Handler { get; init; } = "";

    /// <summary>The event's name, such as <c>identity.user_registered</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The event as JSON.</summary>
    public string Body { get; init; } = "";

    /// <summary>The request that caused the event (W3C <c>traceparent</c>), if there was one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The time at which the event became true.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The number of attempts.</summary>
    public int Attempts { get; init; }

    /// <summary>The failure of the last attempt.</summary>
    public string Error { get; init; } = "";

    /// <summary>The time at which the event was parked.</summary>
    public DateTimeOffset ParkedAt { get; init; }
}
