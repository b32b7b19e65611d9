namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>An event that a handler could not take, put aside for an operator.</summary>
public sealed record ParkedEvent
{
    /// <summary>The event's id.</summary>
    public string EventId { get; init; } = "";

    /// <summary>The module that could not take it.</summary>
    public string Module { get; init; } = "";

    /// <summary>The module's handler.</summary>
    public string Handler { get; init; } = "";

    /// <summary>The event's name, such as <c>identity.user_registered</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The event as JSON.</summary>
    public string Body { get; init; } = "";

    /// <summary>The request that made it true (W3C <c>traceparent</c>), if there was one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it became true.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it failed the last time.</summary>
    public string Error { get; init; } = "";

    /// <summary>When it was put aside.</summary>
    public DateTimeOffset ParkedAt { get; init; }
}
