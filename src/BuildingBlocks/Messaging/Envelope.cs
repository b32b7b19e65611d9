using System.Diagnostics;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>An event on its way from an outbox to the handlers.</summary>
internal sealed record Envelope
{
    /// <summary>What an inbox remembers it by.</summary>
    public string EventId { get; init; } = "";

    /// <summary>The event's name, such as <c>identity.user_registered</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The event as JSON.</summary>
    public string Body { get; init; } = "";

    /// <summary>The request that made it true (W3C <c>traceparent</c>), if there was one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it became true.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Goes on with the trace of the request that made it true, until it is disposed: what is logged meanwhile bears the id that the client
    /// was told.
    /// </summary>
    public Activity Continue()
    {
        var activity = new Activity("deliver " + Name);
        if (TraceParent is not null)
            activity.SetParentId(TraceParent);
        return activity.Start();
    }
}
