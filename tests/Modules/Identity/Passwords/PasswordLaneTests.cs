using ErrorOr;
using Kumiko.Identity.Passwords;
using Xunit;

namespace Kumiko.Identity.Tests.Passwords;

public sealed class PasswordLaneTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_is_hashed_and_verified()
    {
        using var lane = new PasswordLane();

        var hash = await lane.HashAsync("correct horse", Cancellation);

        Assert.True((await lane.VerifyAsync("correct horse", hash.Value, Cancellation)).Value);
        Assert.False((await lane.VerifyAsync("wrong horse", hash.Value, Cancellation)).Value);
    }

    [Fact]
    public async Task Without_a_hash_every_password_is_wrong()
    {
        using var lane = new PasswordLane();

        Assert.False((await lane.VerifyAsync("correct horse", null, Cancellation)).Value);
    }

    [Fact]
    public async Task A_full_queue_asks_the_caller_to_come_back()
    {
        using var lane = new PasswordLane(width: 1, queue: 2);
        using var gate = new ManualResetEventSlim();
        var running = Occupy(lane, gate);

        var hashes = Enumerable.Range(0, 9).Select(_ => lane.HashAsync("correct horse", Cancellation).AsTask()).ToList();
        gate.Set();
        var results = await Task.WhenAll(hashes);

        Assert.Equal(7, results.Count(result => result.IsError && result.FirstError.NumericType == 429));
        Assert.Equal(2, results.Count(result => !result.IsError));
        Assert.True((await running).Value);
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_its_place_to_another()
    {
        using var lane = new PasswordLane(width: 1, queue: 1);
        using var gate = new ManualResetEventSlim();
        using var impatient = new CancellationTokenSource();
        var running = Occupy(lane, gate);
        var waiting = lane.HashAsync("correct horse", impatient.Token).AsTask();

        await impatient.CancelAsync();
        var next = lane.HashAsync("correct horse", Cancellation).AsTask();
        gate.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False((await next).IsError);
        Assert.True((await running).Value);
    }

    // A hash that takes as long as the gate is closed.
    private static Task<ErrorOr<bool>> Occupy(PasswordLane lane, ManualResetEventSlim gate) => lane.RunAsync(() => gate.Wait(TimeSpan.FromSeconds(30)), Cancellation).AsTask();
}
