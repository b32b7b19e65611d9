namespace Kumiko.Contract.Sqlite;

/// <summary>The pages on which developers read the mails that were written into a folder.</summary>
public class MailPageTests
{
    private static readonly (string Name, string Value) Development = ("ASPNETCORE_ENVIRONMENT", "Development");

    [Fact]
    public async Task In_development_the_mails_are_on_a_page_with_links_to_follow()
    {
        await using var installation = await new Topology().InstallAsync();
        // The folder of the databases, as without any setting.
        await using var host = await installation.StartAsync(Development, ("Mail__Folder", ""));
        using var anyone = new Caller(host.Address);
        var none = (await anyone.GetAsync("/dev/mail")).Is(200);
        Assert.Contains("No mail has been written yet", none.Text, StringComparison.Ordinal);
        var alice = await Person.JoinAsync(anyone, "alice");
        (await anyone.PostAsync("/api/auth/password/forgot", new { email = alice.Email })).Is(202);

        var list = await Eventually.IsAsync(
            () => anyone.GetAsync("/dev/mail"),
            answer => answer.Text.Contains("Choose a new password", StringComparison.Ordinal)
        );
        Assert.Equal("no-store", list.Header("Cache-Control"));
        Assert.Contains(alice.Email, list.Text, StringComparison.Ordinal);
        // The newest first.
        Assert.True(
            list.Text.IndexOf("Choose a new password", StringComparison.Ordinal)
                < list.Text.IndexOf("Confirm your e-mail address", StringComparison.Ordinal)
        );
        var path = list
            .Text.Split("href=\"")
            .Select(rest => rest.Split('"')[0])
            .First(href => href.EndsWith(".eml", StringComparison.Ordinal));

        var page = (await anyone.GetAsync(path)).Is(200);
        var link = $"{host.Address}auth/reset#token=";
        Assert.Contains($"<a href=\"{link}", page.Text, StringComparison.Ordinal);
        Assert.Contains($"src=\"{path}/html\" sandbox=", page.Text, StringComparison.Ordinal);
        var html = (await anyone.GetAsync($"{path}/html")).Is(200);
        Assert.StartsWith("sandbox allow-popups ", html.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", html.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("<base target=\"_blank\">", html.Text, StringComparison.Ordinal);
        Assert.Contains(link, html.Text, StringComparison.Ordinal);
        foreach (var other in (string[])["/dev/mail/none.eml", "/dev/mail/..%2Fidentity.db", "/dev/mail/..%2F..%2Fetc%2Fpasswd/html"])
            (await anyone.GetAsync(other)).IsProblem(404);
    }

    [Fact]
    public async Task In_production_there_is_no_such_page_even_if_mails_are_written_into_a_folder()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var anyone = new Caller(host.Address);
        var alice = await Person.JoinAsync(anyone, "alice");
        var mail = Path.GetFileName(
            await Eventually.IsAsync(
                async () =>
                {
                    await Mailbox.ReceiveAsync(alice.Email);
                    return Directory.GetFiles(Mailbox.Folder, "*.eml").FirstOrDefault();
                },
                file => file is not null
            )
        );
        foreach (var path in (string[])["/dev/mail", "/dev/mail/", $"/dev/mail/{mail}", $"/dev/mail/{mail}/html", "/dev"])
            (await anyone.GetAsync(path)).IsProblem(404);
    }
}
