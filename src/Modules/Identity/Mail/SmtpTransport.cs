using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Kumiko.Identity.Mail;

/// <summary>Sends mails through a mail server.</summary>
internal sealed class SmtpTransport(MailSettings settings) : IMailTransport
{
    // Shorter than the sender's claim on a mail, so that nobody else sends it in the meantime.
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            // Certificates are verified. Whether they were revoked is not looked up: that would need connections to other servers.
            using var client = new SmtpClient { CheckCertificateRevocation = false };
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, timeout.Token);
            if (settings.Username.Length > 0)
                await client.AuthenticateAsync(settings.Username, settings.Password, timeout.Token);
            var format = FormatOptions.Default.Clone();
            // Beyond ASCII before the @ sign an address needs SMTPUTF8 (RFC 6531). A domain has an ASCII form.
            format.International = message.To.Mailboxes.Any(to => to.IsInternational && !IsAscii(to.LocalPart));
            await client.SendAsync(format, message, timeout.Token);
            // The server has accepted the mail: whatever follows must not send it again.
            await TryQuitAsync(client, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailUnavailableException("the mail server does not answer in time");
        }
        catch (SmtpCommandException e) when (IsFinal(e))
        {
            throw new MailRefusedException(Status(e));
        }
        catch (SmtpCommandException e)
        {
            throw new MailUnavailableException(Status(e), isOfThisMail: e.ErrorCode != SmtpErrorCode.SenderNotAccepted);
        }
        catch (NotSupportedException) when (message.To.Mailboxes.Any(to => !IsAscii(to.LocalPart)))
        {
            throw new MailRefusedException("the mail server does not support international addresses (SMTPUTF8)");
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            throw new MailUnavailableException(reason);
        }
    }

    private static bool IsAscii(string text) => text.All(char.IsAscii);

    private static bool IsFinal(SmtpCommandException e) =>
        (int)e.StatusCode >= 500 && e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;

    // Not the server's text: it often repeats the address.
    private static string Status(SmtpCommandException e) =>
        string.Create(CultureInfo.InvariantCulture, $"the mail server answered {(int)e.StatusCode}");

    private static string? Reason(Exception e) =>
        e switch
        {
            AuthenticationException => "the mail server refuses Mail:Username and Mail:Password",
            SslHandshakeException => "the TLS handshake with the mail server failed: check its certificate and Mail:Security",
            NotSupportedException => "the mail server does not offer what Mail:Security or Mail:Username asks for",
            ProtocolException or ServiceNotConnectedException => "the mail server does not speak SMTP as expected",
            SocketException or IOException => $"the mail server is unreachable: {e.GetBaseException().Message}",
            _ => null,
        };

    private static async Task TryQuitAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception)
        {
            // The connection is closed in any case.
        }
    }
}
