using System.Reflection;

namespace Kumiko.Host.Pages;

/// <summary>Reads files of this folder that are embedded in the program.</summary>
internal static class EmbeddedFile
{
    public static string ReadText(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    public static byte[] ReadBytes(string name)
    {
        using var stream = Open(name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static Stream Open(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(EmbeddedFile), name)
        ?? throw new InvalidOperationException($"The resource {name} is missing from the program.");
}
