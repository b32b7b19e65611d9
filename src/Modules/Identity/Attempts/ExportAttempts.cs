using System.Globalization;

namespace Kumiko.Identity.Attempts;

/// <summary>Counts the exports that users begin: each sends what every module holds through the outboxes and the broker.</summary>
internal sealed class ExportAttempts(AttemptCounters counters, IdentityLimits limits)
{
    /// <summary>Counts an export, in a transaction that has locked the user.</summary>
    /// <returns>A 429 after too many exports.</returns>
    public ValueTask<ErrorOr<Success>> CountAsync(UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        counters.CountAsync(work, counters.Of(limits.NewExports, userId.ToString(CultureInfo.InvariantCulture)), cancellationToken);
}
