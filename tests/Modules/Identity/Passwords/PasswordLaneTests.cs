using ErrorOr;
using Kumiko.Identity.Passwords;
using Xunit;

namespace Kumiko.Identity.Tests.Passwords;

public sealed class PasswordLaneTests
{
    private static readonly PasswordCaller Caller = new("192.0.2.1", IsKnown: false);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_is_hashed_and_verified()
    {
        var lane = new PasswordLane(width: 1, queue: 10, perCaller: 10);

        var hash = await lane.HashAsync(Caller, "correct horse", null, Cancellation);

        Assert.True((await lane.VerifyAsync(Caller, "correct horse", hash.Value, null, Cancellation)).Value);
        Assert.False((await lane.VerifyAsync(Caller, "wrong horse", hash.Value, null, Cancellation)).Value);
    }

    [Fact]
    public async Task Without_a_hash_every_password_is_wrong()
    {
        var lane = new PasswordLane(width: 1, queue: 10, perCaller: 10);

        Assert.False((await lane.VerifyAsync(Caller, "correct horse", null, null, Cancellation)).Value);
    }

    [Fact]
    public async Task A_full_queue_asks_the_caller_to_come_back()
    {
        var lane = new PasswordLane(width: 1, queue: 2, perCaller: 2);
        using var gate = new ManualResetEventSlim();
        var running = Occupy(lane, gate);

        var hashes = Enumerable.Range(0, 9).Select(_ => lane.HashAsync(Caller, "correct horse", null, Cancellation).AsTask()).ToList();
        gate.Set();
        var results = await Task.WhenAll(hashes);

        Assert.Equal(7, results.Count(result => result.IsError && result.FirstError.NumericType == 429));
        Assert.Equal(2, results.Count(result => !result.IsError));
        Assert.True((await running).Value);
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_its_place_to_another()
    {
        var lane = new PasswordLane(width: 1, queue: 1, perCaller: 1);
        using var gate = new ManualResetEventSlim();
        using var impatient = new CancellationTokenSource();
        var running = Occupy(lane, gate);
        var waiting = lane.HashAsync(Caller, "correct horse", null, impatient.Token).AsTask();

        await impatient.CancelAsync();
        var next = lane.HashAsync(Caller, "correct horse", null, Cancellation).AsTask();
        gate.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False((await next).IsError);
        Assert.True((await running).Value);
    }

    [Fact]
    public async Task What_is_refused_when_its_turn_has_come_costs_no_hash_and_no_place()
    {
        var lane = new PasswordLane(width: 1, queue: 1, perCaller: 1);
        var refused = await lane.VerifyAsync(Caller, "correct horse", null, _ => new(Error.Conflict()), Cancellation);

        Assert.Equal(ErrorType.Conflict, refused.FirstError.Type);
        Assert.False((await lane.HashAsync(Caller, "correct horse", null, Cancellation)).IsError);
    }

    // A hash that takes as long as the gate is closed.
    private static Task<ErrorOr<bool>> Occupy(PasswordLane lane, ManualResetEventSlim gate) => lane.RunAsync(Caller, () => gate.Wait(TimeSpan.FromSeconds(30)), null, Cancellation).AsTask();
}
