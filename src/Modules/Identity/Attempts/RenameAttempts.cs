using System.Globalization;
using ErrorOr;
using Kumiko.BuildingBlocks.Data;

namespace Kumiko.Identity.Attempts;

/// <summary>How often somebody changes their name: each change goes to every module.</summary>
internal sealed class RenameAttempts(AttemptCounters counters, IdentityLimits limits)
{
    /// <summary>Counts a change that is made in this transaction, which holds the user.</summary>
    public ValueTask<ErrorOr<Success>> CountAsync(UnitOfWork work, long userId, CancellationToken cancellation) =>
        counters.CountAsync(work, counters.Of(limits.Renames, userId.ToString(CultureInfo.InvariantCulture)), cancellation);
}
