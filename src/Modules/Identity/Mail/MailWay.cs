namespace Kumiko.Identity.Mail;

/// <summary>How mails leave the process.</summary>
internal enum MailWay
{
    /// <summary>They don't.</summary>
    None,

    /// <summary>Through a mail server.</summary>
    Smtp,

    /// <summary>As files in a folder.</summary>
    Folder,
}
