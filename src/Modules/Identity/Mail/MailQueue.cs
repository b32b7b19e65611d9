namespace Kumiko.Identity.Mail;

/// <summary>
/// Queues mails in the transaction of the change that they report, so that none is lost and none reports what did not happen.
/// </summary>
internal sealed class MailQueue(MailSettings settings, MailCipher cipher, TimeProvider clock) : IDisposable
{
    // The secret of a mail may expire sooner, and a mail that reports something is of no use much later.
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(3);

    /// <summary>Whether mails are sent. If not, none is queued.</summary>
    public bool IsOn => settings.Way != MailWay.None;

    /// <summary>Wakes the sender after a commit.</summary>
    public Wakeup Added { get; } = new();

    /// <summary>Queues a mail.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="lifetime">How long the mail is of use; three days if null.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    public async ValueTask AddAsync(UnitOfWork work, QueuedMail mail, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        if (!IsOn)
            return;

        var now = clock.Now();
        var age = lifetime is { } limit && limit < MaxAge ? limit : MaxAge;
        await work.InsertMailAsync(cipher.Seal(mail), now, now + age, cancellationToken);
        work.AfterCommit(Added.Wake);
    }

    public void Dispose() => Added.Dispose();
}
