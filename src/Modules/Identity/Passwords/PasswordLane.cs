using System.Runtime.InteropServices;
using System.Threading.RateLimiting;
using ErrorOr;
using Kumiko.BuildingBlocks.Web;

namespace Kumiko.Identity.Passwords;

/// <summary>
/// The one place where passwords are hashed: a few at a time and the rest in a bounded queue, so that a flood of sign-ins leaves
/// processors for everything else. A caller that gives up while it waits costs no hash.
/// </summary>
internal sealed partial class PasswordLane(int width, int queue) : IDisposable
{
    private const int OfThreadOrProcess = 0;
    private const uint CallingThread = 0;
    private const int LowestPriority = 19;

    // About what a full queue takes on one lane.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrencyLimiter _lane = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = width,
        QueueLimit = queue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>A lane for half of the processors.</summary>
    public PasswordLane()
        : this(width: Math.Max(1, Environment.ProcessorCount / 2), queue: 256)
    {
    }

    /// <summary>How many wait now, and how many were hashed or turned away so far.</summary>
    public RateLimiterStatistics Statistics => _lane.GetStatistics()!;

    /// <summary>Hashes a new password.</summary>
    /// <returns>The hash, or a 429 when the queue is full.</returns>
    public ValueTask<ErrorOr<string>> HashAsync(string password, CancellationToken cancellation) =>
        RunAsync(() => PasswordHash.Create(password), cancellation);

    /// <summary>Tells whether the password is the one that was hashed. Without a hash it takes as long and is wrong.</summary>
    /// <returns>The verdict, or a 429 when the queue is full.</returns>
    public ValueTask<ErrorOr<bool>> VerifyAsync(string password, string? hash, CancellationToken cancellation) =>
        RunAsync(() => PasswordHash.Verify(password, hash ?? PasswordHash.Dummy) && hash is not null, cancellation);

    /// <inheritdoc />
    public void Dispose() => _lane.Dispose();

    /// <summary>Lets some work wait for its turn and do it.</summary>
    /// <returns>What it came to, or a 429 when the queue is full.</returns>
    internal async ValueTask<ErrorOr<T>> RunAsync<T>(Func<T> hash, CancellationToken cancellation)
    {
        using var place = await _lane.AcquireAsync(cancellationToken: cancellation);
        if (!place.IsAcquired)
            return Failures.TooMany("Too many people are signing in at the moment. Try again in a few seconds.", RetryAfter);

        cancellation.ThrowIfCancellationRequested();
        // A thread of its own: on the pool, hashes would hold the threads that answer reads.
        return await Task.Factory.StartNew(() => RunLast(hash), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    // Whatever else wants the processor goes first. The thread ends with the hash, so its priority need not be set back.
    private static T RunLast<T>(Func<T> hash)
    {
        // On Linux .NET's own priorities do nothing, and a nice value is the thread's (setpriority(2), 'C library/kernel differences').
        if (OperatingSystem.IsLinux())
            _ = SetPriority(OfThreadOrProcess, CallingThread, LowestPriority);
        else
            Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        return hash();
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int niceness);
}
