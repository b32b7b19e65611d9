using System.Diagnostics;
using System.Text;

namespace Kumiko.Clients.Tests;

/// <summary>A third-party program that a test runs.</summary>
/// <param name="Name">The name of the program.</param>
/// <param name="Install">How to install it, in a few words.</param>
public sealed record Tool(string Name, string Install)
{
    public static readonly Tool Nginx = new("nginx", "install the Debian package nginx-light");
    public static readonly Tool HaProxy = new("haproxy", "install the Debian package haproxy");
    public static readonly Tool Apache = new("apache2", "install the Debian package apache2-bin");
    public static readonly Tool Node = new("node", "install Node.js 20 or later, with npm");
    public static readonly Tool Npm = Node with { Name = "npm" };
    public static readonly Tool DotNet = new("dotnet", "install the .NET SDK");

    // Programs for administrators are in folders that aren't on every user's path.
    private static readonly string[] Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        "/usr/local/sbin",
        "/usr/sbin",
        "/sbin",
    ];

    /// <summary>The full path of the program. If it is missing, skips the test, or fails it where skipping is forbidden.</summary>
    public string Find()
    {
        var path = Folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);
        if (path is not null)
            return path;
        var missing = $"{Name} is not there: {Install}.";
        if (Environment.GetEnvironmentVariable("KUMIKO_TEST_REQUIRE") == "all")
            Assert.Fail(missing);
        Assert.Skip(missing);
        return "";
    }

    /// <summary>Starts the program and returns at once. Its output is added to <paramref name="printed"/>.</summary>
    public Process Start(string folder, StringBuilder printed, params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Find(), arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Append(string? line)
        {
            lock (printed)
                printed.AppendLine(line);
        }
    }

    /// <summary>Runs the program to its end, which must be successful, and returns its output.</summary>
    public async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var printed = new StringBuilder();
        using var process = Start(folder, printed, arguments);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.True(process.ExitCode == 0, $"{Name} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{printed}");
        return printed.ToString();
    }
}
