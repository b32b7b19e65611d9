using System.Globalization;
using ErrorOr;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Passwords;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Kumiko.Identity.Tests.Passwords;

public sealed class PasswordLimiterTests
{
    private static readonly PasswordSettings Settings = new(new ConfigurationBuilder().Build());

    private static readonly PasswordCaller Caller = new("192.0.2.1", IsKnown: false);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_is_hashed_and_verified()
    {
        var lane = new PasswordLimiter(width: 1, queue: 10, perCaller: 10, Settings);

        var hash = await lane.HashAsync(Caller, "correct horse", null, Cancellation);

        Assert.True((await lane.VerifyAsync(Caller, "correct horse", hash.Value, null, Cancellation)).Value);
        Assert.False((await lane.VerifyAsync(Caller, "wrong horse", hash.Value, null, Cancellation)).Value);
    }

    [Fact]
    public async Task Without_a_hash_every_password_is_wrong()
    {
        var lane = new PasswordLimiter(width: 1, queue: 10, perCaller: 10, Settings);

        Assert.False((await lane.VerifyAsync(Caller, "correct horse", null, null, Cancellation)).Value);
    }

    [Fact]
    public async Task A_full_queue_asks_the_caller_to_retry_later()
    {
        var lane = new PasswordLimiter(width: 1, queue: 2, perCaller: 2, Settings);
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
    public async Task A_caller_that_gives_up_frees_its_place()
    {
        var lane = new PasswordLimiter(width: 1, queue: 1, perCaller: 1, Settings);
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
    public async Task A_flood_of_strangers_does_not_keep_a_known_caller_waiting()
    {
        var lane = new PasswordLimiter(width: 1, queue: 2, perCaller: 1, Settings);
        using var gate = new ManualResetEventSlim();
        var running = Occupy(lane, gate);
        var strangers = Enumerable
            .Range(1, 9)
            .Select(n => lane.HashAsync(Caller with { Key = $"198.51.100.{n}" }, "correct horse", null, Cancellation).AsTask())
            .ToList();

        Assert.False((await lane.HashAsync(new PasswordCaller("device", IsKnown: true), "correct horse", null, Cancellation)).IsError);
        Assert.Equal(2, strangers.Count(stranger => !stranger.IsCompleted));
        gate.Set();
        await Task.WhenAll(strangers);
        Assert.True((await running).Value);
    }

    [Fact]
    public async Task A_refusal_at_its_turn_computes_no_hash_and_frees_its_place()
    {
        var lane = new PasswordLimiter(width: 1, queue: 1, perCaller: 1, Settings);
        var refused = await lane.VerifyAsync(Caller, "correct horse", null, _ => new(Error.Conflict()), Cancellation);

        Assert.Equal(ErrorType.Conflict, refused.FirstError.Type);
        Assert.False((await lane.HashAsync(Caller, "correct horse", null, Cancellation)).IsError);
    }

    [Fact]
    public async Task Only_a_strangers_hash_runs_with_low_priority()
    {
        var lane = new PasswordLimiter(width: 1, queue: 1, perCaller: 1, Settings);
        Assert.Equal(LowestPriority, (await lane.RunAsync(Caller, ReadPriority, null, Cancellation)).Value);
        Assert.Equal(UsualPriority(), (await lane.RunAsync(Caller with { IsKnown = true }, ReadPriority, null, Cancellation)).Value);
    }

    [Fact]
    public async Task Priority_is_normal_again_after_a_strangers_hash()
    {
        var lane = new PasswordLimiter(width: 1, queue: 1, perCaller: 1, Settings);
        await lane.HashAsync(Caller, "correct horse", null, Cancellation);

        Assert.Equal(UsualPriority(), ReadPriority());
    }

    [Fact]
    public async Task A_failure_to_hash_reaches_the_caller()
    {
        var lane = new PasswordLimiter(width: 1, queue: 1, perCaller: 1, Settings);

        await Assert.ThrowsAsync<InvalidDataException>(() =>
            lane.RunAsync<bool>(Caller, () => throw new InvalidDataException(), null, Cancellation).AsTask()
        );
    }

    // SCHED_IDLE, or ThreadPriority.Lowest.
    private static int LowestPriority => OperatingSystem.IsLinux() ? 5 : (int)ThreadPriority.Lowest;

    // The priority that the process started with: its first thread never hashes.
    private static int UsualPriority() => ReadPriority("/proc/self/stat");

    private static int ReadPriority() => ReadPriority("/proc/thread-self/stat");

    // The scheduling policy, which .NET doesn't expose (proc_pid_stat(5), field 41); elsewhere .NET's own priority.
    private static int ReadPriority(string stat)
    {
        if (!OperatingSystem.IsLinux())
            return stat.Contains("thread", StringComparison.Ordinal) ? (int)Thread.CurrentThread.Priority : (int)ThreadPriority.Normal;

        return int.Parse(File.ReadAllText(stat).Split(") ")[^1].Split(' ')[38], CultureInfo.InvariantCulture);
    }

    // A hash that takes as long as the gate is closed.
    private static Task<ErrorOr<bool>> Occupy(PasswordLimiter lane, ManualResetEventSlim gate) =>
        lane.RunAsync(Caller, () => gate.Wait(TimeSpan.FromSeconds(30)), null, Cancellation).AsTask();
}
