using System.Diagnostics;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>An event on its way from an outbox to the handlers.</summary>
internal record Envelope
{
    /// <summary>The id by which an inbox recognises the event.</summary>
    public string EventId { get; init; } = "";

    /// <summary>The event's name, such as <c>identity.user_registered</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The event as JSON.</summary>
    public string Body { get; init; } = "";

    /// <summary>The request that caused the event (W3C <c>traceparent</c>), if there was one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The time at which the event became true.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Continues the trace of the request that caused the event until the activity is disposed: log lines carry the id that
    /// the client received.
    /// </summary>
    public Activity Continue()
    {
        var activity = new Activity("deliver " + Name);
        if (TraceParent is not null)
            activity.SetParentId(TraceParent);
        return activity.Start();
    }
}
