namespace Kumiko.Identity.Mail;

/// <summary>A mail cannot be handed over now.</summary>
/// <param name="message">The reason, without addresses.</param>
/// <param name="isOfThisMail">Whether the reason concerns one mail, so that others may be accepted.</param>
internal sealed class MailUnavailableException(string message, bool isOfThisMail = false) : Exception(message)
{
    /// <summary>Whether the reason concerns one mail, so that others may be accepted.</summary>
    public bool IsOfThisMail => isOfThisMail;
}
