using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Mail;

/// <summary>The texts of all mails in one language, from <c>Texts/*.json</c>.</summary>
internal sealed record MailTexts
{
    /// <summary>The line at the end of every mail.</summary>
    public required string Footer { get; init; }

    /// <summary>What stands before the address of a button.</summary>
    public required string LinkHint { get; init; }

    /// <summary>The texts of each mail, by its template.</summary>
    public required Dictionary<string, MailText> Mails { get; init; }

    /// <summary>Reads the texts of a language.</summary>
    public static MailTexts Of(string language) =>
        JsonSerializer.Deserialize(MailResources.Read($"{language}.json"), MailTextsJson.Default.MailTexts)!;
}

/// <summary>The texts of a mail, with placeholders such as <c>{username}</c>.</summary>
internal sealed record MailText
{
    /// <summary>The subject, which is also the heading.</summary>
    public required string Subject { get; init; }

    /// <summary>The text.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>The text of the link; null if the mail has none.</summary>
    public string? Button { get; init; }

    /// <summary>The text after the link.</summary>
    public required IReadOnlyList<string> After { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(MailTexts))]
internal sealed partial class MailTextsJson : JsonSerializerContext;
