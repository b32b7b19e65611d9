using System.Runtime.InteropServices;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Passwords;

/// <summary>
/// The one place where passwords are hashed: a few at a time and the rest in a bounded queue in which callers take turns, so that a flood
/// of sign-ins leaves processors for everything else and turns for everybody else. A caller that gives up while it waits costs no hash.
/// </summary>
internal sealed partial class PasswordLimiter(int width, int queue, int perCaller)
{
    private const int OfThreadOrProcess = 0;
    private const uint CallingThread = 0;
    private const int LowestPriority = 19;

    // About what a full queue takes on one lane.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly FairLimiter _queue = new(width, queue, perCaller);

    /// <summary>A lane for half of the processors.</summary>
    public PasswordLimiter(PasswordLimiterSettings settings)
        : this(width: Math.Max(1, Environment.ProcessorCount / 2), settings.Queue, settings.PerCaller) { }

    /// <summary>How many wait now.</summary>
    public int Waiting => _queue.Waiting;

    /// <summary>How many were hashed so far.</summary>
    public long Hashed => _queue.Entered;

    /// <summary>How many were turned away so far.</summary>
    public long Refused => _queue.Refused;

    /// <summary>Hashes a new password.</summary>
    /// <param name="caller">Whose it is.</param>
    /// <param name="password">The password.</param>
    /// <param name="count">Counts the hash, when its turn has come and before it is made; an error of it is the answer.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <returns>The hash, or a 429 when the queue is full.</returns>
    public ValueTask<ErrorOr<string>> HashAsync(
        PasswordCaller caller,
        string password,
        Func<CancellationToken, ValueTask<ErrorOr<Success>>>? count,
        CancellationToken cancellationToken
    ) => RunAsync(caller, () => PasswordHash.Create(password), count, cancellationToken);

    /// <summary>Tells whether the password is the one that was hashed. Without a hash it takes as long and is wrong.</summary>
    /// <param name="caller">Who says that it is.</param>
    /// <param name="password">The password.</param>
    /// <param name="hash">The hash, or null.</param>
    /// <param name="count">Counts the hash, when its turn has come and before it is made; an error of it is the answer.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <returns>The verdict, or a 429 when the queue is full.</returns>
    public ValueTask<ErrorOr<bool>> VerifyAsync(
        PasswordCaller caller,
        string password,
        string? hash,
        Func<CancellationToken, ValueTask<ErrorOr<Success>>>? count,
        CancellationToken cancellationToken
    ) => RunAsync(caller, () => PasswordHash.Verify(password, hash ?? PasswordHash.Dummy) && hash is not null, count, cancellationToken);

    /// <summary>Lets some work wait for its turn and do it.</summary>
    /// <returns>What it came to, or a 429 when the queue is full.</returns>
    internal async ValueTask<ErrorOr<T>> RunAsync<T>(
        PasswordCaller caller,
        Func<T> hash,
        Func<CancellationToken, ValueTask<ErrorOr<Success>>>? count,
        CancellationToken cancellationToken
    )
    {
        using var place = await _queue.EnterAsync(caller.Key, caller.IsKnown, patience: null, cancellationToken);
        if (place is null)
            return Errors.TooManyRequests("Too many people are signing in right now. Try again in a few seconds.", RetryAfter);

        cancellationToken.ThrowIfCancellationRequested();
        if (count is not null && await count(cancellationToken) is { IsError: true } refused)
            return refused.Errors;

        // A thread of its own: on the pool, hashes would hold the threads that answer reads.
        Func<T> run = caller.IsKnown ? hash : () => RunLast(hash);
        return await Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    // Whatever else wants the processor goes first, so that a flood of strangers costs others nothing; who is known would be starved by
    // other floods. On a second thread: the first continues with the request, and a thread inherits the priority of the one that starts it,
    // those of the pool too.
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

    // For good: without a privilege a thread cannot raise it again.
    private static void LowerPriority()
    {
        // On Linux .NET's own priorities do nothing, and a nice value is the thread's (setpriority(2), 'C library/kernel differences').
        if (OperatingSystem.IsLinux())
            _ = SetPriority(OfThreadOrProcess, CallingThread, LowestPriority);
        else
            Thread.CurrentThread.Priority = ThreadPriority.Lowest;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int niceness);
}
