namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// The folder of the embedded databases and of the key beside them: for the user who runs the process and nobody else, whatever the umask
/// says. On Windows
/// the folder above decides.
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
    /// Makes the folder if it is not there, and takes from others what they may do with it and with our files in it. Returns whether they
    /// are kept out
    /// now; they are not where a file is somebody else's, or on a file system without modes.
    /// </summary>
    public static bool Ensure(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return true;
        }

        Directory.CreateDirectory(folder, OwnersFolder);
        // A folder that holds other things as well, a home or a working directory, is not ours to close; the files in it are.
        var isPrivate = !Directory.EnumerateFileSystemEntries(folder).All(IsOurs) || Tighten(folder, OwnersFolder);
        // SQLite gives the files beside a database (-wal, -shm) the mode of the database.
        foreach (var file in Directory.EnumerateFiles(folder).Where(IsOurs))
            isPrivate &= Tighten(file, OwnersFile);
        return isPrivate;
    }

    /// <summary>Makes an empty file that only this user reads, if it is not there.</summary>
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
            // Another process was first.
        }
    }

    /// <summary>Opens a file for this process alone, and makes it readable by this user only if it is not there.</summary>
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
        // Another process of ours may have taken it away meanwhile.
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
