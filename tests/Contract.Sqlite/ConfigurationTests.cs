namespace Kumiko.Contract.Sqlite;

public class ConfigurationTests
{
    [Theory]
    [InlineData("an unknown module", "Modules", "posts,identty", "identty")]
    [InlineData("no module", "Modules", " , ", "Modules")]
    [InlineData("an unknown provider", "Database__Provider", "postgres", "postgres")]
    [InlineData("a key that is not Base64", "Security__Key", "not base64!", "Security:Key")]
    [InlineData("a key that is too short", "Security__Key", "c2hvcnQ=", "32")]
    [InlineData("an encryption key that is too short", "Tokens__EncryptionKey", "c2hvcnQ=", "Tokens:EncryptionKey.*32")]
    [InlineData("an issuer that is no address", "Tokens__Issuer", "app.local", "Tokens:Issuer.*https://")]
    [InlineData("a key set that is no address", "Tokens__KeySet", "identity:8081", "Tokens:KeySet.*http://")]
    [InlineData("a proxy that is no network", "Proxy__Networks", "172.20.0.0/16, caddy", "Proxy:Networks.*caddy")]
    [InlineData("an origin that is none", "Cors__Origins", "https://app.example.com, app.example.com", "Cors:Origins.*'app.example.com'")]
    [InlineData("an origin with a path", "Cors__Origins", "https://app.example.com/", "Cors:Origins.*https://")]
    [InlineData("hashes that are too weak", "Identity__PasswordMemoryKiB", "1024", "Identity:PasswordMemoryKiB.*19456")]
    [InlineData("passes that are no number", "Identity__PasswordPasses", "two", "Identity:PasswordPasses.*2 to 20")]
    [InlineData("a look-up that is no address", "Identity__BreachLookup", "pwnedpasswords.com", "Identity:BreachLookup.*https://")]
    [InlineData("a rule that there is not", "Identity__RequireVerifiedEmail", "to_read", "Identity:RequireVerifiedEmail.*'to_write'")]
    [InlineData("posts without an issuer", "Modules", "posts", "Modules|Issuer|identity")]
    public async Task An_invalid_configuration_stops_the_start_with_a_sentence(string what, string name, string value, string expected)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.FailToStartAsync((name, value));
        await StopsWithASentenceAsync(host, what, expected);
    }

    [Theory]
    [InlineData("Identity__RequireVerifiedEmail", "to_write")]
    [InlineData("Identity__RequireVerifiedEmail", "to_sign_in")]
    public async Task What_takes_mails_does_not_start_without_them(string name, string value)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.FailToStartAsync((name, value), ("Mail__Folder", ""));
        await StopsWithASentenceAsync(host, "no mail", $"{name.Replace("__", ":", StringComparison.Ordinal)}.*Mail:Host");
    }

    [Theory]
    [InlineData("posts")]
    [InlineData("identity")]
    public async Task Modules_apart_must_agree_on_the_issuer(string module)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.FailToStartAsync(
            ("Modules", module),
            ("Nats__Url", "nats://127.0.0.1:1"),
            ("Tokens__Issuer", "")
        );
        await StopsWithASentenceAsync(host, $"{module} alone", "Tokens:Issuer");
    }

    [Fact]
    public async Task Signing_keys_are_encrypted_with_their_own_key()
    {
        await using var installation = await new Topology().InstallAsync();
        await using (await installation.StartAsync(("Tokens__EncryptionKey", OtherKey))) { }

        await using (await installation.StartAsync(("Tokens__EncryptionKey", OtherKey))) { }

        await using var host = await installation.FailToStartAsync(("Tokens__EncryptionKey", SomeKey));
        await StopsWithASentenceAsync(host, "another encryption key", "^Tokens:EncryptionKey does not open");
        await using var without = await installation.FailToStartAsync(("Tokens__EncryptionKey", ""));
        await StopsWithASentenceAsync(without, "no encryption key", "^Security:Key .*does not open");
    }

    [Fact]
    public async Task A_separate_key_for_the_signing_keys_can_be_set_later()
    {
        await using var installation = await new Topology().InstallAsync();
        (string, string) secret = ("Security__Key", SomeKey);
        await using (await installation.StartAsync(secret)) { }

        var both = ("Tokens__EncryptionKey", $"{OtherKey} {SomeKey}");
        await using (await installation.StartAsync(secret, both)) { }
        await installation.RunAsync("secrets rotate", [secret, both]);

        await using (await installation.StartAsync(secret, ("Tokens__EncryptionKey", OtherKey))) { }
        await using var other = await installation.FailToStartAsync(("Security__Key", OtherKey), ("Tokens__EncryptionKey", OtherKey));
        await StopsWithASentenceAsync(other, "another secret", "^Security:Key .*does not open");
    }

    [Fact]
    public async Task MySql_without_a_connection_string_stops_the_start_with_a_sentence()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.FailToStartAsync(
            ("Database__Provider", "mysql"),
            ("ConnectionStrings__Posts", ""),
            ("Security__Key", SomeKey)
        );
        await StopsWithASentenceAsync(host, "no connection string", "ConnectionStrings:(Posts|Identity)");
    }

    [Theory]
    [InlineData("Server=127.0.0.1;Port=1;User ID=nobody;Password=hush-hush-hush;Database=none")]
    [InlineData("Server=no-such-server.invalid;User ID=nobody;Password=hush-hush-hush;Database=none")]
    [InlineData("Sever=127.0.0.1")]
    [InlineData("junk")]
    public async Task A_MySql_server_that_does_not_answer_stops_the_start_with_a_sentence(string connection)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.FailToStartAsync(
            ("Database__Provider", "mysql"),
            ("ConnectionStrings__Posts", connection),
            ("ConnectionStrings__Identity", connection),
            ("ConnectionStrings__PostsMigrations", ""),
            ("ConnectionStrings__IdentityMigrations", ""),
            ("Security__Key", SomeKey)
        );
        await StopsWithASentenceAsync(host, connection, "Posts|Identity|MySQL");
        Assert.DoesNotContain("hush-hush-hush", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_created_stops_the_start_with_a_sentence()
    {
        await using var installation = await new Topology().InstallAsync();
        await File.WriteAllTextAsync(Path.Combine(installation.Folder, "occupied"), "", TestContext.Current.CancellationToken);
        await using var host = await installation.FailToStartAsync(("Database__Provider", "sqlite"), ("Database__Folder", "occupied/data"));
        await StopsWithASentenceAsync(host, "a folder in a file", "occupied");
    }

    [Fact]
    public async Task An_address_that_is_taken_stops_the_start_with_a_sentence()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var first = await installation.StartAsync();
        await using var second = await installation.FailToStartAsync(("ASPNETCORE_URLS", first.Address.ToString()));
        await StopsWithASentenceAsync(second, "a taken address", $"{first.Address.Port}.*in use.*Urls");
        Assert.DoesNotContain("   at ", second.Log, StringComparison.Ordinal);
        await using var third = await installation.FailToStartAsync(("Operators__Urls", first.Operators.ToString()));
        await StopsWithASentenceAsync(third, "a taken operators' address", $"{first.Operators.Port}.*in use.*Operators:Urls");
        Assert.DoesNotContain("   at ", third.Log, StringComparison.Ordinal);
    }

    private static string OtherKey => Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private static string SomeKey => Convert.ToBase64String(new byte[32]);

    private static async Task StopsWithASentenceAsync(HostProcess host, string what, string expected)
    {
        Assert.True(await host.ExitAsync() == 1, $"With {what} it was to end with 1. It said: {host.Log}");
        var lines = host.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.True(lines.Length == 1, $"With {what} it said not one line but {lines.Length}: {host.Errors}");
        Assert.Matches($"(?i){expected}", lines[0]);
        Assert.DoesNotMatch(@"\bat Kumiko\.|\.cs:line|\w+Exception\b", host.Errors);
    }
}
