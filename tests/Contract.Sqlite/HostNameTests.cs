using MimeKit;

namespace Kumiko.Contract.Sqlite;

/// <summary>
/// An attacker's page whose name resolves to this address (DNS rebinding) sends that name in <c>Host</c>, and is rejected.
/// </summary>
public class HostNameTests
{
    [Fact]
    public async Task Only_the_services_own_host_names_are_answered()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(
            ("Tokens__Issuer", "https://app.example.com/api/auth"),
            ("AllowedHosts", "kumiko.internal;*.example.net")
        );
        using var anyone = new Caller(host.Address);
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        foreach (
            var name in (string[])
                [
                    "app.example.com",
                    "APP.example.com:8443",
                    "kumiko.internal",
                    "a.example.net",
                    "localhost",
                    "localhost:1",
                    "127.0.0.1",
                    "[::1]:80",
                    "kumiko.localhost",
                    "localhost.",
                    "app.example.com.",
                    "APP.example.com.:8443",
                    "a.example.net.",
                ]
        )
        {
            (await anyone.GetAsync("/api/crud/posts", ("Host", name))).Is(200);
            (await operators.GetAsync("/health/live", ("Host", name))).Is(200);
        }

        string[] strange =
        [
            "evil.example",
            "example.com",
            "app.example.com.evil.example",
            "example.net",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "xn--",
            "xn--zzzzzz99999",
            "evil.xn--",
            "evil.example.",
        ];
        foreach (var name in strange)
        {
            foreach (var path in (string[])["/api/crud/posts", "/api/nothing", "/", "/docs", "/openapi/v1.json"])
                Assert.DoesNotContain(name, (await anyone.GetAsync(path, ("Host", name))).IsProblem(400).Text, StringComparison.Ordinal);
            foreach (var path in (string[])["/metrics", "/health/ready", "/nothing"])
                (await operators.GetAsync(path, ("Host", name))).IsProblem(400);
        }

        // Machines have such names in private networks. On the public address, a name must be listed.
        foreach (var name in (string[])["kumiko-posts-1:9080", "10.1.2.3:9080", "[fd00::1]"])
        {
            (await anyone.GetAsync("/api/crud/posts", ("Host", name))).IsProblem(400);
            (await operators.GetAsync("/health/live", ("Host", name))).Is(200);
        }

        Assert.Contains("AllowedHosts", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_host_name_is_answered_if_the_setting_allows_it()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("AllowedHosts", "*"));
        using var anyone = new Caller(host.Address);
        (await anyone.GetAsync("/api/crud/posts", ("Host", "whatever.example"))).Is(200);
        // Not a valid name.
        (await anyone.GetAsync("/api/crud/posts", ("Host", "xn--"))).IsProblem(400);
    }

    [Fact]
    public async Task No_link_in_a_mail_follows_the_host_of_a_request()
    {
        const string Site = "https://app.example.com";
        (string, string)[] forged = [("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example")];
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("Tokens__Issuer", $"{Site}/api/auth"), ("AllowedHosts", "*"));
        using var anyone = new Caller(host.Address);
        var email = $"{Guid.NewGuid():N}@example.test";
        var account = new
        {
            email,
            username = Person.UniqueName("hana"),
            password = "seven pine needles",
        };
        (await anyone.PostAsync("/api/auth/register", account, forged)).Is(201);
        (await anyone.PostAsync("/api/auth/email/verify", new { token = await Mailbox.TokenAsync(email, "/auth/verify") })).Is(204);
        (await anyone.PostAsync("/api/auth/password/forgot", new { email }, forged)).Is(202);
        var signedIn = await anyone.PostAsync(
            "/api/auth/login",
            new
            {
                email,
                account.password,
                token_delivery = "body",
            },
            forged
        );
        var token = signedIn.Is(200)["access_token"].GetString()!;
        var change = new { email = $"new-{email}", current_password = account.password };
        (await anyone.SendAsync(HttpMethod.Patch, "/api/auth/me", change, [.. forged, ("Authorization", $"Bearer {token}")])).Is(200);

        string[] pages = ["/auth/verify", "/auth/reset", "/auth/keep-email"];
        List<MimeMessage> mails =
        [
            .. (await Task.WhenAll(pages.Select(page => Mailbox.ReceiveAsync(email, page)))).SelectMany(found => found),
            .. await Mailbox.ReceiveAsync(change.email),
        ];
        foreach (var mail in mails)
        {
            Assert.Contains($"{Site}/auth/", mail.TextBody, StringComparison.Ordinal);
            foreach (var body in (string[])[mail.TextBody!, mail.HtmlBody!])
                Assert.DoesNotContain("evil.example", body, StringComparison.Ordinal);
        }
    }
}
