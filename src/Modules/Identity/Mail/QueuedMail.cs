using System.Text.Json.Serialization;

namespace Kumiko.Identity.Mail;

/// <summary>A mail that waits to be sent, as it is encrypted in the database.</summary>
internal sealed record QueuedMail
{
    /// <summary>Identifies the mail, however often it is sent (RFC 5322, 3.6.4): a mail reader shows a second copy once.</summary>
    public required string Id { get; init; }

    /// <summary>The address that it is sent to.</summary>
    public required string To { get; init; }

    /// <summary>What it says: the name of a <see cref="MailTemplate"/>.</summary>
    public required string Template { get; init; }

    /// <summary>The language that it is written in.</summary>
    public required string Language { get; init; }

    /// <summary>What the template's placeholders stand for.</summary>
    public required Dictionary<string, string> Values { get; init; }

    /// <summary>Whether it is not sent: it was only queued so that a request takes as long as one that sends a mail.</summary>
    public bool IsDecoy { get; init; }
}

[JsonSerializable(typeof(QueuedMail))]
internal sealed partial class QueuedMailJson : JsonSerializerContext;
