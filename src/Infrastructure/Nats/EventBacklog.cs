using System.Collections.Concurrent;
using Kumiko.BuildingBlocks.Messaging;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Kumiko.Infrastructure.Nats;

/// <summary>
/// Tracks the events that waited in the broker for the modules of this process when it began to read: a module that was stopped
/// has missed them.
/// </summary>
internal sealed class EventBacklog(IEnumerable<EventSubscription> subscriptions, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, bool> _unread = new(
        subscriptions.Select(subscription => subscription.Database.Module).Distinct().Select(module => KeyValuePair.Create(module, true))
    );

    /// <summary>Whether every module has received the events that waited for it.</summary>
    public bool IsRead => _unread.IsEmpty;

    /// <summary>
    /// Waits until the module's instances have acknowledged everything that the stream contained, once for each module. It never fails.
    /// </summary>
    /// <param name="module">The name of the module.</param>
    /// <param name="stream">The stream, just opened.</param>
    /// <param name="consumer">The consumer that the module's instances share.</param>
    /// <param name="cancellationToken">Cancelled when the process stops or begins to read again.</param>
    public async Task WatchAsync(string module, INatsJSStream stream, INatsJSConsumer consumer, CancellationToken cancellationToken)
    {
        var last = stream.Info.State.LastSeq;
        while (_unread.ContainsKey(module) && !cancellationToken.IsCancellationRequested)
        {
            if (await HasReadAsync(consumer, last, cancellationToken))
                _unread.TryRemove(module, out _);
            else
                await Task.Delay(Interval, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> HasReadAsync(INatsJSConsumer consumer, ulong last, CancellationToken cancellationToken)
    {
        try
        {
            await consumer.RefreshAsync(cancellationToken);
        }
        catch (Exception e) when (e is NatsException or TimeoutException or OperationCanceledException)
        {
            return false;
        }

        // Under a constant flow of events the consumer is never idle, but it does pass the position at which the stream ended.
        return consumer.Info is { NumPending: 0, NumAckPending: 0 } || consumer.Info.AckFloor.StreamSeq >= last;
    }
}
