using System.Globalization;

namespace Kumiko.Identity.Attempts;

/// <summary>
/// Limits how often a user changes their name, since each change goes to every module, and how often they ask for a name and are refused.
/// </summary>
internal sealed class RenameAttempts(AttemptCounters counters, IdentityLimits limits)
{
    /// <summary>
    /// Counts a refusal before the name is looked up: a user who asks for many learns which are taken.
    /// </summary>
    public ValueTask<ErrorOr<Success>> CountRefusalInAdvanceAsync(long userId, CancellationToken cancellationToken) =>
        counters.CountAsync([Refusal(userId)], cancellationToken);

    /// <summary>Counts a name change instead of a refusal, in the transaction that makes the change and has locked the user.</summary>
    public async ValueTask<ErrorOr<Success>> CountRenameAsync(UnitOfWork work, long userId, CancellationToken cancellationToken)
    {
        var counted = await counters.CountAsync(work, counters.Of(limits.Renames, Key(userId)), cancellationToken);
        if (!counted.IsError)
            await RefundRefusalAsync(work, userId, cancellationToken);
        return counted;
    }

    /// <summary>Takes the refusal back: what the user asked for was free.</summary>
    private ValueTask RefundRefusalAsync(UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        counters.RefundAsync(work, [Refusal(userId)], cancellationToken);

    private Attempt Refusal(long userId) => counters.Of(limits.RefusedNames, Key(userId));

    private static string Key(long userId) => userId.ToString(CultureInfo.InvariantCulture);
}
