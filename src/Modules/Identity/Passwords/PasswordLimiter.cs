using System.Runtime.InteropServices;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Passwords;

/// <summary>
/// The only place that hashes passwords: a few at a time, the rest in bounded queues in which callers take turns. A flood of sign-ins then
/// leaves processors for other work and turns for other callers. Known callers have a lane of their own, so that they never wait for a
/// stranger's hash. A caller that gives up while it waits costs no hash.
/// </summary>
internal sealed partial class PasswordLimiter(int width, int queue, int perCaller, PasswordSettings settings)
{
    private const int OfThreadOrProcess = 0;
    private const int CallingThread = 0;
    private const int LowestPriority = 19;
    private const int IdleScheduler = 5;

    // Roughly the time that one lane needs for a full queue.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly FairLimiter _known = new(width, queue, perCaller);
    private readonly FairLimiter _strangers = new(width, queue, perCaller);
    private readonly string _dummy = PasswordHash.CreateDummy(settings.Hashing);

    /// <summary>Each lane uses half of the processors.</summary>
    public PasswordLimiter(PasswordLimiterSettings limits, PasswordSettings settings)
        : this(width: Math.Max(1, Environment.ProcessorCount / 2), limits.Queue, limits.PerCaller, settings) { }

    /// <summary>The number of callers that wait now.</summary>
    public int Waiting => _known.Waiting + _strangers.Waiting;

    /// <summary>The number of hashes so far.</summary>
    public long Hashed => _known.Entered + _strangers.Entered;

    /// <summary>The number of refused callers so far.</summary>
    public long Refused => _known.Refused + _strangers.Refused;

    /// <summary>Hashes a new password.</summary>
    /// <param name="caller">The caller whose password it is.</param>
    /// <param name="password">The password.</param>
    /// <param name="count">Counts the hash when its turn has come, before it is computed; an error from it is returned.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>The hash, or a 429 when the queue is full.</returns>
    public ValueTask<ErrorOr<string>> HashAsync(
        PasswordCaller caller,
        string password,
        Func<CancellationToken, ValueTask<ErrorOr<Success>>>? count,
        CancellationToken cancellationToken
    ) => RunAsync(caller, () => PasswordHash.Create(password, settings.Hashing), count, cancellationToken);

    /// <summary>Checks whether the password is the one that was hashed. Without a hash the check takes as long and returns false.</summary>
    /// <param name="caller">The caller who entered the password.</param>
    /// <param name="password">The password.</param>
    /// <param name="hash">The hash, or null.</param>
    /// <param name="count">Counts the hash when its turn has come, before it is computed; an error from it is returned.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>The result, or a 429 when the queue is full.</returns>
    public ValueTask<ErrorOr<bool>> VerifyAsync(
        PasswordCaller caller,
        string password,
        string? hash,
        Func<CancellationToken, ValueTask<ErrorOr<Success>>>? count,
        CancellationToken cancellationToken
    ) => RunAsync(caller, () => PasswordHash.Verify(password, hash ?? _dummy) && hash is not null, count, cancellationToken);

    /// <summary>Whether the hash was made with weaker parameters than new ones are.</summary>
    /// <exception cref="FormatException">The stored text is not a password hash.</exception>
    public bool NeedsRehash(string hash) => PasswordHash.IsWeaker(hash, settings.Hashing);

    /// <summary>Runs the work when its turn has come.</summary>
    /// <returns>The work's result, or a 429 when the queue is full.</returns>
    internal async ValueTask<ErrorOr<T>> RunAsync<T>(
        PasswordCaller caller,
        Func<T> hash,
        Func<CancellationToken, ValueTask<ErrorOr<Success>>>? count,
        CancellationToken cancellationToken
    )
    {
        var lane = caller.IsKnown ? _known : _strangers;
        using var place = await lane.EnterAsync(caller.Key, timeout: null, cancellationToken);
        if (place is null)
            return Errors.TooManyRequests(
                "Too many people are signing in right now. Try again in a few seconds.",
                new RateLimitState("passwords-waiting", queue, Window: null, Remaining: 0, RetryAfter)
            );

        cancellationToken.ThrowIfCancellationRequested();
        if (count is not null && await count(cancellationToken) is { IsError: true } refused)
            return refused.Errors;

        // A separate thread: on the pool, hashes would occupy the threads that answer reads.
        Func<T> run = caller.IsKnown ? hash : () => RunLast(hash);
        return await Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    // Other work gets the processor first, so that a flood of strangers costs others nothing. Known callers keep the normal priority, or
    // other floods would starve them. On a second thread: the first continues with the request, and new threads, pool threads included,
    // inherit the priority of the thread that starts them.
    private static T RunLast<T>(Func<T> hash)
    {
        var run = new Task<T>(hash);
        var last = new Thread(() =>
        {
            LowerPriority();
            run.RunSynchronously(TaskScheduler.Default);
        })
        {
            IsBackground = true,
        };
        last.Start();
        last.Join();
        return run.GetAwaiter().GetResult();
    }

    // Permanent: without a privilege a thread cannot raise its priority again.
    private static void LowerPriority()
    {
        // On Linux .NET's own priorities have no effect. With SCHED_IDLE any other thread that wakes takes the processor at once
        // (sched(7)); beside a nice value it may wait until a hash has used up its time slice. Both apply to the thread alone
        // (setpriority(2), 'C library/kernel differences'). A C library or a sandbox may refuse the first.
        if (!OperatingSystem.IsLinux())
            Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        else if (SetScheduler(CallingThread, IdleScheduler, new SchedulerParameters()) != 0)
            _ = SetPriority(OfThreadOrProcess, CallingThread, LowestPriority);
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetScheduler(int thread, int policy, in SchedulerParameters parameters);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int niceness);

    // struct sched_param. SCHED_IDLE allows priority 0 only.
    private readonly record struct SchedulerParameters(int Priority);
}
