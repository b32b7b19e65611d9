using System.Reflection;
using System.Text.RegularExpressions;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Identity.Mail;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Kumiko.Identity.Tests.Mail;

public sealed class MailComposerTests
{
    private const string Link = "https://kumiko.example/auth/verify#token=secret";

    private readonly MailComposer _composer = new(Settings(), new MailLinks(new TokenSettings(Configuration())));

    public static TheoryData<string, string> Mails =>
        [
            .. from template in typeof(MailTemplate).GetFields(BindingFlags.Public | BindingFlags.Static)
            from language in MailLanguage.All
            select new TheoryDataRow<string, string>((string)template.GetValue(null)!, language),
        ];

    [Theory]
    [MemberData(nameof(Mails))]
    public void Every_mail_has_its_texts_in_every_language(string template, string language)
    {
        var message = _composer.Compose(MailSenderTests.Mail("hanako@example.com", template: template, language: language));

        foreach (var text in (string[])[message.Subject!, message.TextBody!])
        {
            Assert.DoesNotContain("{", text, StringComparison.Ordinal);
            Assert.DoesNotContain("}", text, StringComparison.Ordinal);
        }

        Assert.Contains("hanako", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("hanako", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", message.HtmlBody, StringComparison.Ordinal);
        Assert.Matches("(?s)^((?!\\{[a-z_]+\\}).)*$", message.HtmlBody!);
        Assert.Equal(
            message.HtmlBody!.Contains(Link, StringComparison.Ordinal),
            message.TextBody!.Contains(Link, StringComparison.Ordinal)
        );
        Assert.Equal("hanako@example.com", message.To.Mailboxes.Single().Address);
        Assert.Equal("no-reply@kumiko.example", message.From.Mailboxes.Single().Address);
        Assert.EndsWith("@kumiko.example", message.MessageId, StringComparison.Ordinal);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
    }

    [Fact]
    public void Languages_have_the_same_mails_with_the_same_parts()
    {
        var (english, japanese) = (MailTexts.Of("en"), MailTexts.Of("ja"));
        Assert.Equal(Parts(english), Parts(japanese));

        static IEnumerable<string> Parts(MailTexts texts) =>
            texts
                .Mails.Select(mail => $"{mail.Key} {mail.Value.Paragraphs.Count} {mail.Value.Button is null} {mail.Value.After.Count}")
                .Order();
    }

    [Fact]
    public void What_users_wrote_is_text_and_neither_markup_nor_a_placeholder()
    {
        var mail = MailSenderTests.Mail("hanako@example.com", template: MailTemplate.PasswordChanged);
        mail.Values["username"] = "<b>{link}</b>&";
        var message = _composer.Compose(mail);
        Assert.Contains("Hello <b>{link}</b>&,", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Hello &lt;b&gt;{link}&lt;/b&gt;&amp;,", message.HtmlBody, StringComparison.Ordinal);
    }

    // Mail readers on phones shrink a mail that is wider than the screen, until nobody can read it.
    [Theory]
    [MemberData(nameof(Mails))]
    public void A_long_word_breaks_wherever_it_stands_in_a_mail(string template, string language)
    {
        var word = new string('W', 64);
        var mail = MailSenderTests.Mail("hanako@example.com", template: template, language: language);
        foreach (var name in mail.Values.Keys.ToList())
            mail.Values[name] = word;
        var elements = Regex.Matches(_composer.Compose(mail).HtmlBody!, $"<(?<open>[^<>]*)>[^<>]*{word}");
        Assert.NotEmpty(elements);
        foreach (var element in elements.Select(match => match.Groups["open"].Value).Where(open => open is not ("title" or "br /")))
            Assert.Matches("overflow-wrap: anywhere|^a class=\"accent\"", element);
    }

    // Whoever enters somebody else's address must not make us send that person a text, or a name that mail readers make a link of.
    [Theory]
    [InlineData(MailTemplate.VerifyEmail, "en")]
    [InlineData(MailTemplate.VerifyEmail, "ja")]
    [InlineData(MailTemplate.VerifyNewEmail, "en")]
    [InlineData(MailTemplate.VerifyNewEmail, "ja")]
    [InlineData(MailTemplate.ResetPassword, "en")]
    [InlineData(MailTemplate.ResetPassword, "ja")]
    [InlineData(MailTemplate.EmailRegistered, "en")]
    [InlineData(MailTemplate.EmailRegistered, "ja")]
    public void A_mail_to_an_unproved_address_holds_nothing_that_somebody_else_wrote(string template, string language)
    {
        var mail = MailSenderTests.Mail("hanako@example.com", template: template, language: language);
        mail.Values["username"] = "www.evil.example";
        var message = _composer.Compose(mail);
        foreach (var text in (string[])[message.Subject!, message.TextBody!, message.HtmlBody!])
            Assert.DoesNotContain("evil", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Firefox/130 on Mac OS X\"", "Firefox, macOS")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1", "Safari, iPhone")]
    [InlineData("curl/8.5.0", "curl/8.5.0")]
    [InlineData(null, "?")]
    public void A_device_has_the_name_that_people_use(string? userAgent, string name) => Assert.Equal(name, DeviceName.Of(userAgent));

    internal static MailSettings Settings(params (string Name, string Value)[] settings)
    {
        var configuration = Configuration(settings);
        return new MailSettings(configuration, new DatabaseSettings(configuration));
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Tokens:Issuer"] = "https://kumiko.example/api/auth",
                    ["Mail:From"] = "Kumiko <no-reply@kumiko.example>",
                }
            )
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .Build();
}
