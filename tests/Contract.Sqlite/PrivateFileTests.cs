namespace Kumiko.Contract.Sqlite;

/// <summary>Files that a process on SQLite writes are readable only by the user who runs it.</summary>
public class PrivateFileTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task Only_the_owner_can_read_the_data_whatever_the_umask()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes: the folder above decides.");
        await using var installation = await new Topology().InstallAsync();
        // Everybody may do everything with what is created, unless the program itself says otherwise.
        installation.Umask = "000";
        (string, string)[] onSqlite = [("Database__Provider", "sqlite"), ("Database__Folder", "private"), ("Security__Key", "")];
        var folder = Path.Combine(installation.Folder, "private");
        await using (var host = await installation.StartAsync(onSqlite))
        {
            using var anyone = new Caller(host.Address);
            await (await Person.JoinAsync(anyone, "alice")).WriteAsync("for everybody");
            IsPrivate(folder);
            Assert.Contains(Directory.GetFiles(folder), file => file.EndsWith("-wal", StringComparison.Ordinal));
        }

        // As an earlier version left it.
        Widen(folder);
        await using var again = await installation.StartAsync(onSqlite);
        using var reader = new Caller(again.Address);
        Assert.Single((await reader.GetAsync("/api/crud/posts")).Is(200).Items);
        IsPrivate(folder);
        HostLog.HoldsNoUnhandledError(again.Log);
    }

    [Fact]
    public async Task A_shared_folder_keeps_its_mode_but_data_files_in_it_are_private()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes: the folder above decides.");
        await using var installation = await new Topology().InstallAsync();
        var folder = Directory.CreateDirectory(Path.Combine(installation.Folder, "shared")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "theirs.txt"), "", TestContext.Current.CancellationToken);
        Widen(folder);
        await using var host = await installation.StartAsync(
            ("Database__Provider", "sqlite"),
            ("Database__Folder", "shared"),
            ("Security__Key", "")
        );
        Assert.True(Mode(folder).HasFlag(UnixFileMode.OtherRead));
        Assert.True(Mode(Path.Combine(folder, "theirs.txt")).HasFlag(UnixFileMode.OtherRead));
        Assert.All(
            Directory.GetFiles(folder).Where(file => !file.EndsWith("theirs.txt", StringComparison.Ordinal)),
            file => Assert.Equal(default, Mode(file) & ~Owner)
        );
    }

    private static void IsPrivate(string folder)
    {
        Assert.Equal(Owner, Mode(folder));
        Assert.Equal(
            ["identity.db", "posts.db", "security.key"],
            Directory
                .GetFiles(folder)
                .Select(Path.GetFileName)
                .Where(name => name!.EndsWith(".db", StringComparison.Ordinal) || name.EndsWith(".key", StringComparison.Ordinal))
                .Order()
        );
        Assert.All(Directory.GetFiles(folder), file => Assert.True((Mode(file) & ~Owner) == default, $"{file}: {Mode(file)}"));
    }

    private static void Widen(string folder)
    {
        const UnixFileMode All =
            Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        foreach (var path in (string[])[folder, .. Directory.GetFiles(folder)])
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, All);
        }
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
}
