namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// The folder of the embedded databases and of their key. Only the user who runs the process has access to it, whatever the umask is. On
/// Windows the permissions of the parent folder apply.
/// </summary>
public static class PrivateFolder
{
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>
    /// Creates the folder if it doesn't exist, and removes other users' permissions for it and for our files in it. Returns whether other
    /// users have no access now; they may keep it where a file belongs to another user, or on a file system without modes.
    /// </summary>
    public static bool Ensure(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return true;
        }

        Directory.CreateDirectory(folder, OwnersFolder);
        // A folder that also holds other things, such as a home or a working directory, is not ours to restrict; our files in it are.
        var isPrivate = !Directory.EnumerateFileSystemEntries(folder).All(IsOurs) || Tighten(folder, OwnersFolder);
        // SQLite gives the files beside a database (-wal, -shm) the mode of the database.
        foreach (var file in Directory.EnumerateFiles(folder).Where(IsOurs))
            isPrivate &= Tighten(file, OwnersFile);
        return isPrivate;
    }

    /// <summary>Creates an empty file that only this user can read, if it doesn't exist.</summary>
    public static void EnsureFile(string file)
    {
        if (File.Exists(file))
            return;
        try
        {
            Open(file, FileMode.CreateNew).Dispose();
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process created it first.
        }
    }

    /// <summary>Opens a file for this process alone. If the file doesn't exist, it is created so that only this user can read it.</summary>
    public static FileStream OpenAlone(string file) => Open(file, FileMode.OpenOrCreate);

    private static FileStream Open(string file, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersFile;
        return new FileStream(file, options);
    }

    private static bool IsOurs(string file) =>
        Path.GetFileName(file) is var name
        && (
            name == "security.key"
            || name.EndsWith(".db", StringComparison.Ordinal)
            || name.Contains(".db-", StringComparison.Ordinal)
            || name.EndsWith(".lock", StringComparison.Ordinal)
        );

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool Tighten(string path, UnixFileMode mode)
    {
        try
        {
            if ((File.GetUnixFileMode(path) & Others) == 0)
                return true;
            File.SetUnixFileMode(path, mode);
            return (File.GetUnixFileMode(path) & Others) == 0;
        }
        // Another process of ours may have deleted it in the meantime.
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
