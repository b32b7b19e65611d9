using MimeKit;

namespace Kumiko.Identity.Mail;

/// <summary>Takes mails out of the process.</summary>
internal interface IMailTransport
{
    /// <summary>Hands a mail over. It may arrive although this fails.</summary>
    /// <exception cref="MailUnavailableException">No mail can be handed over now, or not this one; try again later.</exception>
    /// <exception cref="MailRefusedException">This mail will never be accepted.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}
