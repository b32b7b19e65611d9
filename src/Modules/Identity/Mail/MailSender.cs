using Kumiko.BuildingBlocks.Background;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.Mail;

/// <summary>
/// Sends the queued mails, one at a time. Several processes on one database share the work: each claims, for a limited time, the mail that
/// it sends, and the claim of a crashed process becomes available again. A mail that may have been sent is sent again, never lost.
/// </summary>
internal sealed class MailSender(
    IdentityDatabase database,
    MailQueue queue,
    MailCipher cipher,
    MailComposer composer,
    IMailTransport transport,
    MailMetrics metrics,
    TimeProvider clock,
    ILogger<MailSender> logger
) : WakeableService(queue.Added, PollInterval, new Outage("Sending mails", logger, IsTransient))
{
    // Longer than any attempt takes.
    public static readonly TimeSpan Claim = 2 * SmtpTransport.Timeout;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    // While no mail at all can be handed over. Short, so that mails leave soon after the server is back.
    private static readonly TimeSpan FirstOutagePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestOutagePause = TimeSpan.FromMinutes(1);

    // For a mail that the server does not accept yet, as one that asks unknown senders to come back (RFC 6647, 'greylisting') does.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private int _failures;

    /// <summary>Sends the mail that is due first.</summary>
    /// <returns>Whether there was one.</returns>
    internal async Task<bool> SendNextAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } row)
            return false;
        if (row.ExpiresAt <= clock.Now())
        {
            await GiveUpAsync(row, row.Attempts, "it has become too old", cancellationToken);
            return true;
        }

        try
        {
            var mail = cipher.Open(row.Content);
            if (!mail.IsDecoy)
            {
                await transport.SendAsync(composer.Compose(mail), cancellationToken);
                metrics.Sent();
            }
        }
        catch (MailRefusedException e)
        {
            await GiveUpAsync(row, row.Attempts + 1, e.Message, cancellationToken);
            return true;
        }
        catch (MailUnavailableException e)
        {
            var pause = e.IsOfThisMail ? Pause(row.Attempts, FirstPause, LongestPause) : OutagePause;
            await PostponeAsync(row, row.Attempts + 1, pause, cancellationToken);
            if (!e.IsOfThisMail)
                throw;
            return true;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Sent by another process, or after the next start.
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await PostponeAsync(row, row.Attempts, TimeSpan.Zero, timeout.Token);
            throw;
        }
        catch (Exception)
        {
            await PostponeAsync(row, row.Attempts + 1, Pause(row.Attempts, FirstPause, LongestPause), cancellationToken);
            throw;
        }

        await using var session = await database.OpenAsync(CancellationToken.None);
        await session.DeleteMailAsync(row.Id, CancellationToken.None);
        return true;
    }

    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var wasOne = await SendNextAsync(cancellationToken);
            _failures = 0;
            return wasOne;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failures++;
            throw;
        }
    }

    protected override Task WaitToRetryAsync(CancellationToken cancellationToken) => Task.Delay(OutagePause, cancellationToken);

    private static bool IsTransient(Exception failure) => failure is MailUnavailableException || DatabaseFailure.IsUnavailable(failure);

    private TimeSpan OutagePause => Pause(_failures, FirstOutagePause, LongestOutagePause);

    // The exponent is bounded: the pause stops growing long before.
    private static TimeSpan Pause(int failures, TimeSpan first, TimeSpan longest)
    {
        var pause = first * Math.Pow(2, Math.Min(failures, 20));
        return pause < longest ? pause : longest;
    }

    private async Task<MailRow?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        // Usually there is nothing to do, so look before beginning a transaction.
        await using (var session = await database.OpenAsync(cancellationToken))
        {
            if (!await session.HasDueMailAsync(now, cancellationToken))
                return null;
        }

        await using var work = await database.BeginAsync(cancellationToken);
        var row = await work.ClaimMailAsync(now, until: now + Claim, cancellationToken);
        if (row is not null)
            await work.CommitAsync();
        return row;
    }

    private async Task PostponeAsync(MailRow row, int attempts, TimeSpan pause, CancellationToken cancellationToken)
    {
        if (attempts > row.Attempts)
            metrics.Postponed();
        await using var session = await database.OpenAsync(cancellationToken);
        await session.PostponeMailAsync(row.Id, attempts, clock.Now() + pause, cancellationToken);
    }

    private async Task GiveUpAsync(MailRow row, int attempts, string reason, CancellationToken cancellationToken)
    {
        metrics.GivenUp();
        logger.LogWarning("A mail was given up after {Attempts} attempts: {Reason}", attempts, reason);
        await using var session = await database.OpenAsync(cancellationToken);
        await session.DeleteMailAsync(row.Id, cancellationToken);
    }
}
