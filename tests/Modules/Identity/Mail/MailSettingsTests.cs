using Kumiko.BuildingBlocks.Configuration;
using Kumiko.Identity.Mail;
using MailKit.Security;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Identity.Tests.Mail;

public sealed class MailSettingsTests
{
    [Theory]
    [InlineData("", SecureSocketOptions.StartTls, 587)]
    [InlineData("StartTls", SecureSocketOptions.StartTls, 587)]
    [InlineData("tls", SecureSocketOptions.SslOnConnect, 465)]
    [InlineData("None", SecureSocketOptions.None, 25)]
    public void The_port_follows_from_the_security(string security, SecureSocketOptions expected, int port)
    {
        var settings = MailComposerTests.Settings(("Mail:Host", "mail.example.com"), ("Mail:Security", security));
        Assert.Equal((MailWay.Smtp, expected, port), (settings.Way, settings.Security, settings.Port));
    }

    [Theory]
    [InlineData("Mail:From", "", "Mail:From is missing")]
    [InlineData("Mail:From", "nobody", "Mail:From is 'nobody'")]
    [InlineData("Mail:Port", "0", "Mail:Port is '0'")]
    [InlineData("Mail:Port", "mail", "Mail:Port is 'mail'")]
    [InlineData("Mail:Security", "ssl", "Mail:Security is 'ssl'")]
    [InlineData("Mail:Username", "kumiko", "Mail:Password is missing")]
    [InlineData("Mail:Folder", "mails", "Mail:Host and Mail:Folder are both set")]
    public void Settings_that_cannot_work_are_refused_with_one_sentence(string setting, string value, string sentence)
    {
        var refused = Assert.Throws<InvalidSettingException>(() =>
            MailComposerTests.Settings(("Mail:Host", "mail.example.com"), (setting, value))
        );
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_not_sent_unencrypted()
    {
        var refused = Assert.Throws<InvalidSettingException>(() =>
            MailComposerTests.Settings(
                ("Mail:Host", "mail.example.com"),
                ("Mail:Username", "kumiko"),
                ("Mail:Password", "secret"),
                ("Mail:Security", "None")
            )
        );
        Assert.Contains("unencrypted", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite", "Development", MailWay.Folder)]
    [InlineData("sqlite", "Production", MailWay.None)]
    [InlineData("mysql", "Development", MailWay.None)]
    internal void Without_settings_mails_go_into_a_folder_in_development_and_nowhere_else(
        string database,
        string environment,
        MailWay way
    ) => Assert.Equal(way, MailComposerTests.Settings(("Database:Provider", database), ("ENVIRONMENT", environment)).Way);

    [Theory]
    [InlineData("ja", "ja")]
    [InlineData("ja-JP,ja;q=0.9,en;q=0.8", "ja")]
    [InlineData("en-GB,ja;q=0.5", "en")]
    [InlineData("fr, ja;q=0.3, en;q=0.2", "ja")]
    [InlineData("ja;q=0, en", "en")]
    [InlineData("jam", null)]
    [InlineData("fr", null)]
    [InlineData("*", null)]
    [InlineData(";;;", null)]
    [InlineData("", null)]
    public void The_language_is_the_one_that_the_client_prefers(string header, string? language)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = header;
        Assert.Equal(language, MailLanguage.Of(http.Request));
    }
}
