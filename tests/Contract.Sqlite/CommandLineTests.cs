using System.Text.RegularExpressions;

namespace Kumiko.Contract.Sqlite;

public class CommandLineTests
{
    [Fact]
    public async Task A_setting_on_the_command_line_overrides_the_environment()
    {
        await using var installation = await new Topology().InstallAsync();
        var port = Ports.Free();
        await using var host = installation.LaunchVerb($"serve --Database:Folder elsewhere --Urls=http://127.0.0.1:{port}");
        await host.ReadyAsync();
        using var anyone = new Caller(new Uri($"http://127.0.0.1:{port}"));
        (await anyone.GetAsync("/api/crud/posts")).Is(200);
        Assert.True(Directory.Exists(Path.Combine(installation.Folder, "elsewhere")));
    }

    // The program reports the value that it has read, and ends.
    [Theory]
    [InlineData("--urls nowhere")]
    [InlineData("--urls=nowhere")]
    [InlineData("--URLS nowhere serve")]
    [InlineData("serve --Database:Folder elsewhere --Urls=nowhere")]
    public async Task A_setting_is_read_in_any_form_and_place(string arguments)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = installation.LaunchVerb(arguments);
        Assert.Equal(1, await host.ExitAsync());
        Assert.StartsWith("Urls holds 'nowhere'", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_setting_can_follow_a_command_and_its_options()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var openapi = installation.LaunchVerb(
            "openapi --Modules posts --output documents --Nats:Url=nats://127.0.0.1:1 --Tokens:Issuer http://127.0.0.1:1/api/auth"
        );
        Assert.True(await openapi.ExitAsync() == 0, openapi.Log);
        Assert.Equal(
            ["posts.json"],
            new DirectoryInfo(Path.Combine(installation.Folder, "documents")).GetFiles().Select(file => file.Name)
        );
        await using var bad = installation.LaunchVerb("migrate --Database:Provider=postgres");
        Assert.Equal(1, await bad.ExitAsync());
        Assert.Contains("postgres", bad.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("srve", "srve")]
    [InlineData("migrat", "migrat")]
    [InlineData("migrate --dwon 2", "--dwon")]
    [InlineData("migrate --down 0", "--down")]
    [InlineData("openapi", "--output")]
    [InlineData("--ursl http://127.0.0.1:1", "--ursl")]
    [InlineData("--urls", "--urls")]
    [InlineData("--Database:Folder --urls http://127.0.0.1:1", "--Database:Folder")]
    [InlineData("serve now", "now")]
    public async Task A_misspelled_argument_ends_with_one_sentence_that_names_it(string arguments, string expected)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = installation.LaunchVerb(arguments);
        Assert.Equal(1, await host.ExitAsync());
        Assert.Matches($"^[^\n]*{expected}[^\n]*\n?$", host.Errors);
        Assert.Equal(host.Errors, host.Log);
    }

    [Fact]
    public async Task Help_explains_commands_and_settings()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = installation.LaunchVerb("--help");
        Assert.Equal(0, await host.ExitAsync());
        Assert.All(
            ["serve", "migrate", "events", "keys", "secrets", "user", "audit", "openapi", "health", "--Section:Name=value", "--urls"],
            word => Assert.Contains(word, host.Log, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_version_is_the_newest_of_the_changelog()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = installation.LaunchVerb("--version");
        Assert.Equal(0, await host.ExitAsync());
        var changelog = await File.ReadAllTextAsync(Repository.File("CHANGELOG.md"), TestContext.Current.CancellationToken);
        Assert.Equal(Regex.Match(changelog, @"^## \[([0-9.]+)\]", RegexOptions.Multiline).Groups[1].Value, host.Log.TrimEnd());
    }

    [Fact]
    public async Task The_issuer_follows_the_address_unless_it_is_set()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var anyone = new Caller(host.Address);
        const string Discovery = "/api/auth/.well-known/openid-configuration";
        var own = (await anyone.GetAsync(Discovery)).Is(200);
        Assert.Equal(new Uri(host.Address, "/api/auth").ToString(), own["issuer"].GetString());
        (await anyone.GetAsync(new Uri(own["jwks_uri"].GetString()!).PathAndQuery)).Is(200);
        // Clients that support only OAuth look here (RFC 8414, 3.1).
        Assert.Equal(own.Text, (await anyone.GetAsync("/.well-known/oauth-authorization-server/api/auth")).Is(200).Text);
        Assert.Single(host.Log.Split('\n'), line => line.Contains("Tokens:Issuer is not set", StringComparison.Ordinal));

        await using var set = await installation.StartAsync(("Tokens__Issuer", "https://app.example.com/api/auth"));
        using var caller = new Caller(set.Address);
        Assert.Equal("https://app.example.com/api/auth", (await caller.GetAsync(Discovery)).Is(200)["issuer"].GetString());
        Assert.DoesNotContain("Tokens:Issuer is not set", set.Log, StringComparison.Ordinal);
        // A token with an issuer other than the configured one doesn't belong to this installation.
        var alice = await Person.JoinAsync(anyone, "alice");
        (await caller.With(alice.AccessToken).GetAsync("/api/auth/me")).IsProblem(401);
    }
}
