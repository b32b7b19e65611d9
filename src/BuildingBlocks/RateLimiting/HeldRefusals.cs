using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>
/// Sends the refusals of a client address late if it gets many, since most clients send their next request after the answer. A refusal that
/// waits holds no thread.
/// </summary>
internal sealed class HeldRefusals(IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <summary>How many refusals wait at once: each keeps its connection and 4 KiB of memory. Others are sent at once.</summary>
    public const int Max = 2_000;

    /// <summary>How many wait at once for one client address: as many as it may open connections by default.</summary>
    public const int MaxPerClient = 500;

    /// <summary>How many are sent at once in a second: more than people and well-behaved programs get.</summary>
    public const int PromptPerSecond = 10;

    // Random, so that clients that were refused together do not come back together.
    private static readonly TimeSpan MinHold = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxHold = TimeSpan.FromSeconds(2);

    private readonly Lock _door = new();

    // Refusals of this second, and those that wait, by client.
    private readonly Dictionary<string, int> _refused = [];
    private readonly Dictionary<string, int> _held = [];
    private long _second;
    private int _heldInAll;

    /// <summary>Waits before a refusal is sent, unless the client gets few of them.</summary>
    public Task HoldAsync(HttpContext http) =>
        http.Response.StatusCode == StatusCodes.Status429TooManyRequests
            ? HoldAsync(ClientAddress.Of(http), http.RequestAborted)
            : Task.CompletedTask;

    /// <summary>Waits, unless the client gets few refusals, too many wait, or the host stops.</summary>
    public async Task HoldAsync(string client, CancellationToken cancellationToken)
    {
        if (!Enter(client))
            return;

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await Task.Delay(MinHold + Random.Shared.NextDouble() * (MaxHold - MinHold), clock, ending.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Leave(client);
    }

    private bool Enter(string client)
    {
        var second = clock.GetTimestamp() / clock.TimestampFrequency;
        lock (_door)
        {
            if (_second != second)
            {
                _second = second;
                _refused.Clear();
            }

            var refused = _refused[client] = _refused.GetValueOrDefault(client) + 1;
            var held = _held.GetValueOrDefault(client);
            if (refused <= PromptPerSecond || held == MaxPerClient || _heldInAll == Max)
                return false;

            _held[client] = held + 1;
            _heldInAll++;
            return true;
        }
    }

    private void Leave(string client)
    {
        lock (_door)
        {
            _heldInAll--;
            if (--_held[client] == 0)
                _held.Remove(client);
        }
    }
}
