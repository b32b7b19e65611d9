using System.Globalization;

namespace Kumiko.Identity.Attempts;

/// <summary>
/// Limits how often a user changes their name, since each change goes to every module, and how often they ask for a name or an e-mail
/// address and are refused.
/// </summary>
internal sealed class RenameAttempts(AttemptCounters counters, IdentityLimits limits)
{
    /// <summary>
    /// Counts a name or an address as refused until it turns out to be free: a user who asks for many learns which are taken.
    /// </summary>
    public ValueTask<ErrorOr<Success>> CountRefusedAsync(long userId, CancellationToken cancellationToken) =>
        counters.CountAsync([Refused(userId)], cancellationToken);

    /// <summary>Counts a name change instead of a refusal, in the transaction that makes the change and has locked the user.</summary>
    public async ValueTask<ErrorOr<Success>> CountAsync(UnitOfWork work, long userId, CancellationToken cancellationToken)
    {
        var counted = await counters.CountAsync(work, counters.Of(limits.Renames, Key(userId)), cancellationToken);
        if (!counted.IsError)
            await RefundRefusedAsync(work, userId, cancellationToken);
        return counted;
    }

    /// <summary>Takes the refusal back: what the user asked for was free.</summary>
    public ValueTask RefundRefusedAsync(UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        counters.RefundAsync(work, [Refused(userId)], cancellationToken);

    private Attempt Refused(long userId) => counters.Of(limits.RefusedNames, Key(userId));

    private static string Key(long userId) => userId.ToString(CultureInfo.InvariantCulture);
}
