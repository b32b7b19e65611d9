using System.Globalization;

namespace Kumiko.Identity.Attempts;

/// <summary>
/// Counts mails that somebody asks for, so that nobody fills another's mailbox. An address counts whether or not it has an account, so that
/// a refusal reveals nothing. Notices of what happened do not count: a thief could use the quota up first.
/// </summary>
internal sealed class MailAttempts(AttemptCounters counters, IdentityLimits limits)
{
    /// <summary>Counts a mail that a stranger asks for.</summary>
    /// <returns>A 429 after too many mails.</returns>
    public ValueTask<ErrorOr<Success>> CountAsync(string emailKey, string clientAddress, CancellationToken cancellationToken) =>
        counters.CountAsync([counters.Of(limits.MailRequests, clientAddress), counters.Of(limits.Mails, emailKey)], cancellationToken);

    /// <summary>Counts a mail that a signed-in user asks for.</summary>
    /// <returns>A 429 after too many mails.</returns>
    public ValueTask<ErrorOr<Success>> CountAsync(string emailKey, long userId, CancellationToken cancellationToken) =>
        CountAsync(emailKey, string.Create(CultureInfo.InvariantCulture, $"user {userId}"), cancellationToken);

    /// <summary>Counts the mail to a new account.</summary>
    /// <returns>Whether it may be sent.</returns>
    public async ValueTask<bool> CountAsync(UnitOfWork work, string emailKey, CancellationToken cancellationToken) =>
        !(await counters.CountAsync(work, counters.Of(limits.Mails, emailKey), cancellationToken)).IsError;
}
