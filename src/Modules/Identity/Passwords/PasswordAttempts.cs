using System.Globalization;
using System.Threading.RateLimiting;
using ErrorOr;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Web;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Identity.Passwords;

/// <summary>
/// How often a minute anybody may try a password of one account (<c>RateLimits:SignInsPerMinute</c>, 30 if left out), so that passwords
/// cannot be guessed one by one.
/// </summary>
internal sealed class PasswordAttempts : IDisposable
{
    // Accounts share this many buckets, so that a flood of made-up addresses cannot fill the memory.
    private const int Buckets = 1 << 16;

    private readonly PartitionedRateLimiter<string> _limiter;
    private long _refused;

    /// <exception cref="InvalidSettingException">The limit is no positive number.</exception>
    public PasswordAttempts(IConfiguration configuration)
    {
        var text = configuration["RateLimits:SignInsPerMinute"];
        var perMinute = string.IsNullOrEmpty(text)
            ? 30
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new InvalidSettingException($"RateLimits:SignInsPerMinute is '{text}': set it to a whole number from 1 up.");
        _limiter = PartitionedRateLimiter.Create<string, int>(emailKey => RateLimitPartition.GetFixedWindowLimiter(
            // Seeded anew in each process, so that nobody can pick an address that shares another's bucket.
            emailKey.GetHashCode(StringComparison.Ordinal) & (Buckets - 1),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), AutoReplenishment = false }));
    }

    /// <summary>How many attempts were refused so far.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Counts an attempt.</summary>
    /// <param name="emailKey">The account.</param>
    /// <returns>A 429 when there were too many.</returns>
    public ErrorOr<Success> Count(string emailKey)
    {
        using var lease = _limiter.AttemptAcquire(emailKey);
        if (lease.IsAcquired)
            return Result.Success;

        Interlocked.Increment(ref _refused);
        return Failures.TooMany(
            "Too many attempts to sign in to this account. Try again later.",
            lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1));
    }

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();
}
