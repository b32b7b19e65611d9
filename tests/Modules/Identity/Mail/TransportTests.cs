using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Identity.Mail;
using Microsoft.Extensions.Configuration;
using MimeKit;
using Xunit;

namespace Kumiko.Identity.Tests.Mail;

public sealed class TransportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "hanako@example.com", "Confirm your e-mail address")]
    [InlineData("ja", "花子@例え.jp", "メールアドレスの確認")]
    public async Task A_mail_reaches_the_mail_server_in_any_language(string language, string to, string subject)
    {
        await using var server = new TestMailServer();
        await SendAsync(server.Port, to, language);

        var received = Assert.Single(server.Received);
        Assert.Equal(subject, received.Subject);
        Assert.Equal(to.Split('@')[0], received.To.Mailboxes.Single().LocalPart);
        Assert.Contains("https://kumiko.example/auth/verify#token=secret", received.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://kumiko.example/auth/verify#token=secret", received.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_that_the_server_does_not_know_is_final()
    {
        await using var server = new TestMailServer();
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(server.Port, "nobody@example.com"));
        Assert.DoesNotContain("nobody", refused.Message, StringComparison.Ordinal);
        Assert.Contains("550", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_the_server_does_not_accept_yet_is_tried_again()
    {
        await using var server = new TestMailServer();
        var later = await Assert.ThrowsAsync<MailUnavailableException>(() => SendAsync(server.Port, "later@example.com"));
        Assert.True(later.IsOfThisMail);
    }

    [Fact]
    public async Task Without_a_server_mails_are_tried_again()
    {
        var server = new TestMailServer();
        await server.DisposeAsync();
        var away = await Assert.ThrowsAsync<MailUnavailableException>(() => SendAsync(server.Port, "hanako@example.com"));
        Assert.False(away.IsOfThisMail);
    }

    [Fact]
    public async Task A_server_without_TLS_or_with_a_strange_certificate_gets_no_mail()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null);
        foreach (var offered in (X509Certificate?[])[null, certificate])
        {
            await using var server = new TestMailServer(offered);
            await Assert.ThrowsAsync<MailUnavailableException>(() => SendAsync(server.Port, "hanako@example.com", security: "StartTls"));
            Assert.Empty(server.Received);
        }
    }

    [Fact]
    public async Task Files_of_mails_are_readable_by_their_owner_alone()
    {
        var folder = Path.Combine(System.IO.Directory.CreateTempSubdirectory("kumiko-mail-").FullName, "mail");
        var settings = MailComposerTests.Settings(("Mail:Folder", folder));
        await new FolderTransport(settings).SendAsync(Compose(settings, "hanako@example.com", "ja"), Cancellation);

        var file = Assert.Single(System.IO.Directory.GetFiles(folder));
        Assert.EndsWith(".eml", file, StringComparison.Ordinal);
        var written = await MimeMessage.LoadAsync(file, Cancellation);
        Assert.Equal("メールアドレスの確認", written.Subject);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        System.IO.Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private static Task SendAsync(int port, string to, string language = "en", string security = "None")
    {
        var settings = MailComposerTests.Settings(("Mail:Host", "localhost"), ("Mail:Port", $"{port}"), ("Mail:Security", security));
        return new SmtpTransport(settings).SendAsync(Compose(settings, to, language), Cancellation);
    }

    private static MimeMessage Compose(MailSettings settings, string to, string language)
    {
        var issuer = new Dictionary<string, string?> { ["Tokens:Issuer"] = "https://kumiko.example/api/auth" };
        var tokens = new TokenSettings(new ConfigurationBuilder().AddInMemoryCollection(issuer).Build());
        return new MailComposer(settings, new MailLinks(tokens)).Compose(MailSenderTests.Mail(to, language: language));
    }
}
