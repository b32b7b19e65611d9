using Kumiko.BuildingBlocks.RateLimiting;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.RateLimiting;

public sealed class FairQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_late_caller_waits_for_at_most_one_call_of_a_flood()
    {
        var order = new Order(new FairLimiter(width: 1, length: 100, perCaller: 50));
        await order.OccupyAsync();
        for (var n = 0; n < 50; n++)
            order.Join("flood");
        order.Join("owner");

        var turns = await order.PlayAsync();
        Assert.InRange(turns.IndexOf("owner"), 0, 1);
        Assert.Equal(51, turns.Count);
    }

    [Fact]
    public async Task Callers_take_turns()
    {
        var order = new Order(new FairLimiter(width: 1, length: 100, perCaller: 50));
        await order.OccupyAsync();
        foreach (var caller in (string[])["a", "a", "a", "b", "b", "b", "c", "c", "c"])
            order.Join(caller);

        Assert.Equal(["a", "b", "c", "a", "b", "c", "a", "b", "c"], await order.PlayAsync());
    }

    [Fact]
    public async Task Returning_callers_do_not_overtake_waiting_ones()
    {
        var order = new Order(new FairLimiter(width: 1, length: 100, perCaller: 50));
        await order.OccupyAsync();
        order.Join("quick");
        order.Join("slow");
        order.Join("slow");
        // Enters again as soon as it is served, ten times.
        order.WhenServed("quick", times: 10);

        var turns = await order.PlayAsync();
        Assert.InRange(turns.LastIndexOf("slow"), 0, 4);
    }

    [Fact]
    public async Task One_caller_has_few_places_in_the_queue()
    {
        var order = new Order(new FairLimiter(width: 1, length: 100, perCaller: 3));
        await order.OccupyAsync();
        for (var n = 0; n < 10; n++)
            order.Join("flood");
        order.Join("owner");

        var turns = await order.PlayAsync();
        Assert.Equal(3, turns.Count(caller => caller == "flood"));
        Assert.Contains("owner", turns);
        Assert.Equal(7, order.Queue.Refused);
    }

    [Fact]
    public async Task In_a_full_queue_the_caller_with_the_most_places_loses_one()
    {
        var order = new Order(new FairLimiter(width: 1, length: 10, perCaller: 10));
        await order.OccupyAsync();
        for (var n = 0; n < 10; n++)
            order.Join("flood");
        order.Join("owner");

        var turns = await order.PlayAsync();
        Assert.Contains("owner", turns);
        Assert.Equal(9, turns.Count(caller => caller == "flood"));
    }

    [Fact]
    public async Task One_caller_cannot_hold_all_places()
    {
        var queue = new FairLimiter(width: 4, length: 10, perCaller: 10, widthPerCaller: 2);
        using var first = await queue.EnterAsync("greedy", timeout: null, Cancellation);
        using var second = await queue.EnterAsync("greedy", timeout: null, Cancellation);
        var third = queue.EnterAsync("greedy", timeout: null, Cancellation).AsTask();
        using var other = await queue.EnterAsync("other", TimeSpan.Zero, Cancellation);
        Assert.NotNull(other);
        Assert.False(third.IsCompleted);
        other.Dispose();
        Assert.Equal(1, queue.Waiting);
        first!.Dispose();
        Assert.NotNull(await third);
    }

    [Fact]
    public async Task A_caller_that_gives_up_frees_its_turn()
    {
        var queue = new FairLimiter(width: 1, length: 10, perCaller: 10);
        var held = await queue.EnterAsync("first", timeout: null, Cancellation);
        using var impatient = new CancellationTokenSource();
        var gone = queue.EnterAsync("gone", timeout: null, impatient.Token).AsTask();
        var next = queue.EnterAsync("next", timeout: null, Cancellation).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        held!.Dispose();
        (await next)!.Dispose();
        Assert.Equal(0, queue.Waiting);
        (await queue.EnterAsync("again", timeout: null, Cancellation))!.Dispose();
    }

    [Fact]
    public async Task A_caller_that_has_waited_too_long_is_refused()
    {
        var queue = new FairLimiter(width: 1, length: 10, perCaller: 10);
        using var held = await queue.EnterAsync("first", timeout: null, Cancellation);
        Assert.Null(await queue.EnterAsync("second", TimeSpan.FromMilliseconds(1), Cancellation));
        Assert.Equal(0, queue.Waiting);
        Assert.Equal(1, queue.Refused);
    }

    [Fact]
    public async Task No_place_is_ever_lost_or_given_twice()
    {
        var queue = new FairLimiter(width: 3, length: 20, perCaller: 5);
        var working = 0;
        var worst = 0;
        await Parallel.ForAsync(
            0,
            2_000,
            Cancellation,
            async (n, _) =>
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(n % 7));
                try
                {
                    using var place = await queue.EnterAsync(
                        $"caller {n % 11}",
                        n % 3 == 0 ? TimeSpan.FromMilliseconds(n % 4) : null,
                        patience.Token
                    );
                    if (place is null)
                        return;
                    InterlockedMax(ref worst, Interlocked.Increment(ref working));
                    await Task.Yield();
                    Interlocked.Decrement(ref working);
                }
                catch (OperationCanceledException)
                {
                    // It gave up.
                }
            }
        );

        Assert.InRange(worst, 1, 3);
        Assert.Equal(0, queue.Waiting);
        // All three places are free again.
        for (var n = 0; n < 3; n++)
            Assert.NotNull(await queue.EnterAsync($"last {n}", TimeSpan.Zero, Cancellation));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
            Interlocked.CompareExchange(ref most, value, seen);
    }

    // One place, which each caller releases at once: shows the order of the turns.
    private sealed class Order(FairLimiter queue)
    {
        private readonly List<(string Caller, Task<IDisposable?> Turn)> _waiting = [];
        private readonly Dictionary<string, int> _comeBack = [];
        private IDisposable? _held;

        public FairLimiter Queue => queue;

        public async Task OccupyAsync() => _held = await queue.EnterAsync("occupant", timeout: null, Cancellation);

        public void Join(string caller) => _waiting.Add((caller, queue.EnterAsync(caller, timeout: null, Cancellation).AsTask()));

        public void WhenServed(string caller, int times) => _comeBack[caller] = times;

        public async Task<List<string>> PlayAsync()
        {
            var turns = new List<string>();
            _held!.Dispose();
            while (_waiting.Count > 0)
            {
                var turn = await Task.WhenAny(_waiting.Select(entry => entry.Turn)).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
                var caller = _waiting.First(entry => entry.Turn == turn).Caller;
                _waiting.RemoveAll(entry => entry.Turn == turn);
                if (await turn is not { } held)
                    continue;
                turns.Add(caller);
                if (_comeBack.TryGetValue(caller, out var left) && left > 0)
                {
                    _comeBack[caller] = left - 1;
                    Join(caller);
                }

                held.Dispose();
            }

            return turns;
        }
    }
}
