namespace Kumiko.Contract.Sqlite;

public class SecretFileTests
{
    [Fact]
    public async Task A_file_in_the_folder_of_secrets_is_a_setting()
    {
        await using var installation = await new Topology().InstallAsync();
        await WriteAsync(installation, "Modules", "identty\n");
        await using var host = await installation.FailToStartAsync(("Secrets__Folder", "secrets"));
        Assert.Contains("identty", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_variable_overrides_a_secret()
    {
        await using var installation = await new Topology().InstallAsync();
        await WriteAsync(installation, "Modules", "identty\n");
        await using var host = await installation.StartAsync(("Secrets__Folder", "secrets"), ("Modules", "posts,identity"));
        using var caller = new Caller(host.Operators) { IsDescribed = false };
        (await caller.GetAsync("/health/ready")).Is(200);
    }

    [Fact]
    public async Task Every_command_reads_the_secrets()
    {
        await using var installation = await new Topology().InstallAsync();
        await WriteAsync(installation, "Modules", "identty");
        foreach (var verb in new[] { "serve", "migrate", "openapi --output documents" })
        {
            await using var host = installation.LaunchVerb(verb, ("Secrets__Folder", "secrets"));
            Assert.Equal(1, await host.ExitAsync());
            Assert.Contains("identty", host.Errors, StringComparison.Ordinal);
        }
    }

    private static async Task WriteAsync(Installation installation, string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(installation.Folder, "secrets"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, TestContext.Current.CancellationToken);
    }
}
