namespace Kumiko.Identity.Mail;

/// <summary>A mail will never be accepted: its recipient does not exist, for example.</summary>
/// <param name="message">The reason, without addresses.</param>
internal sealed class MailRefusedException(string message) : Exception(message);
