using System.Net;
using System.Text.RegularExpressions;
using MimeKit;

namespace Kumiko.Identity.Mail;

/// <summary>Writes mails: plain text, and the same in HTML that looks like the pages.</summary>
internal sealed partial class MailComposer(MailSettings settings, MailLinks links)
{
    private const string Link = "link";
    private const string ParagraphStart = "<p style=\"margin: 0 0 14px; overflow-wrap: anywhere\">";

    private readonly Dictionary<string, MailTexts> _texts = MailLanguage.All.ToDictionary(language => language, MailTexts.Of);
    private readonly string _layout = MailResources.Read("layout.html");
    private readonly string _button = MailResources.Read("button.html");

    /// <exception cref="MailRefusedException">The recipient's address cannot be written into a mail.</exception>
    public MimeMessage Compose(QueuedMail mail)
    {
        var texts = _texts[mail.Language];
        var text = texts.Mails[mail.Template];
        var values = new Dictionary<string, string>(mail.Values) { ["to"] = mail.To, ["site"] = links.Site };
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id}@{links.Host}",
            Subject = Fill(text.Subject, values),
            Body = new BodyBuilder
            {
                TextBody = Plain(texts, text, values),
                HtmlBody = Html(texts, text, values, mail.Language),
            }.ToMessageBody(),
        };
        message.From.Add(settings.From);
        message.To.Add(Recipient(mail.To));
        // RFC 3834: no 'out of office' in return.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static MailboxAddress Recipient(string address)
    {
        try
        {
            return new MailboxAddress(name: null, address);
        }
        catch (ParseException)
        {
            throw new MailRefusedException("the address cannot be written into a mail");
        }
    }

    private static string Plain(MailTexts texts, MailText text, Dictionary<string, string> values)
    {
        var parts = text.Paragraphs.Select(paragraph => Fill(paragraph, values));
        if (text.Button is not null)
            parts = parts.Append($"{text.Button}:\n{values[Link]}");
        return string.Join(
            "\n\n",
            [.. parts, .. text.After.Select(after => Fill(after, values)), $"-- \n{Fill(texts.Footer, values)}", ""]
        );
    }

    private string Html(MailTexts texts, MailText text, Dictionary<string, string> values, string language)
    {
        var encoded = values.ToDictionary(value => value.Key, value => WebUtility.HtmlEncode(value.Value));
        var parts = text.Paragraphs.Select(paragraph => Paragraph(Fill(WebUtility.HtmlEncode(paragraph), encoded)));
        if (text.Button is not null)
            parts = parts.Append(
                Fill(
                    _button,
                    new Dictionary<string, string>
                    {
                        ["link"] = encoded[Link],
                        ["text"] = WebUtility.HtmlEncode(text.Button),
                        ["hint"] = WebUtility.HtmlEncode(texts.LinkHint),
                    }
                )
            );
        var body = string.Join('\n', [.. parts, .. text.After.Select(after => Paragraph(Fill(WebUtility.HtmlEncode(after), encoded)))]);
        return Fill(
            _layout,
            new Dictionary<string, string>
            {
                ["language"] = language,
                ["subject"] = Fill(WebUtility.HtmlEncode(text.Subject), encoded),
                ["body"] = body,
                ["footer"] = Fill(WebUtility.HtmlEncode(texts.Footer), encoded),
            }
        );
    }

    private static string Paragraph(string html) => $"{ParagraphStart}{html}</p>";

    // One pass, so that a value that looks like a placeholder stays as it is.
    private static string Fill(string text, Dictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.TryGetValue(match.Groups[1].Value, out var value) ? value : match.Value);

    [GeneratedRegex("\\{([a-z_]+)\\}")]
    private static partial Regex Placeholder();
}
