namespace Kumiko.TestHosts;

/// <summary>The solution's folder.</summary>
public static class Repository
{
    /// <summary>The full path of the folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a file of the repository.</summary>
    public static string File(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Kumiko.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No Kumiko.slnx stands above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }
}
