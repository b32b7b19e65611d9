using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace Kumiko.Demo.Input;

/// <summary>The result of reading a file.</summary>
internal enum FileKind
{
    /// <summary>Read.</summary>
    Text,

    /// <summary>Contains a NUL byte or is an index, so it isn't text.</summary>
    Binary,

    /// <summary>Not valid UTF-8 (or a broken .gz): left out rather than mangled.</summary>
    Unreadable,
}

/// <summary>A file with its text, or the reason why it has none.</summary>
internal sealed record TextFile(string Path, FileKind Kind, string Text)
{
    /// <summary>
    /// The files of the folders and their subfolders, sorted by name. Symbolic links are skipped, since the target is read where it is.
    /// </summary>
    public static IEnumerable<string> Find(IEnumerable<DirectoryInfo> folders)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return folders
            .SelectMany(folder => Directory.EnumerateFiles(folder.FullName, "*", options))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Reads a file and decompresses a .gz.</summary>
    public static TextFile Read(string path)
    {
        if (IsIndex(path))
            return new TextFile(path, FileKind.Binary, "");

        byte[] bytes;
        try
        {
            bytes = ReadBytes(path);
        }
        catch (InvalidDataException)
        {
            return new TextFile(path, FileKind.Unreadable, "");
        }

        return FromBytes(path, bytes);
    }

    /// <summary>Distinguishes text from binary files and other encodings.</summary>
    internal static TextFile FromBytes(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
            return new TextFile(path, FileKind.Binary, "");
        if (!Utf8.IsValid(bytes))
            return new TextFile(path, FileKind.Unreadable, "");

        var text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        return new TextFile(path, FileKind.Text, Encoding.UTF8.GetString(text));
    }

    // strfile(1) writes the index of the fortunes in `art` to `art.dat`, which may happen to contain no NUL byte.
    private static bool IsIndex(string path) => path.EndsWith(".dat", StringComparison.Ordinal) && File.Exists(path[..^".dat".Length]);

    private static byte[] ReadBytes(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            return File.ReadAllBytes(path);

        using var file = File.OpenRead(path);
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        plain.CopyTo(bytes);
        return bytes.ToArray();
    }
}
