using System.Globalization;
using ErrorOr;
using Kumiko.BuildingBlocks.Data;

namespace Kumiko.Identity.Attempts;

/// <summary>How often somebody changes their name, since each change goes to every module, and how often they ask for one that they do not get.</summary>
internal sealed class RenameAttempts(AttemptCounters counters, IdentityLimits limits)
{
    /// <summary>Counts a name as refused, until it turns out to be free: whoever asks for many learns which are taken.</summary>
    public ValueTask<ErrorOr<Success>> CountRefusedAsync(long userId, CancellationToken cancellation) =>
        counters.CountAsync([Refused(userId)], cancellation);

    /// <summary>Counts a change that is made in this transaction, which holds the user, and not as refused.</summary>
    public async ValueTask<ErrorOr<Success>> CountAsync(UnitOfWork work, long userId, CancellationToken cancellation)
    {
        var counted = await counters.CountAsync(work, counters.Of(limits.Renames, Key(userId)), cancellation);
        if (!counted.IsError)
            await counters.GiveBackAsync(work, [Refused(userId)], cancellation);
        return counted;
    }

    private Attempt Refused(long userId) => counters.Of(limits.RefusedNames, Key(userId));

    private static string Key(long userId) => userId.ToString(CultureInfo.InvariantCulture);
}
