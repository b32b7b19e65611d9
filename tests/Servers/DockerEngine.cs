using System.Diagnostics;

namespace Kumiko.TestServers;

/// <summary>The <c>docker</c> program, for what the client library doesn't support.</summary>
public static class DockerEngine
{
    /// <summary>Looks for an engine. Returns in one line why there is none, or null.</summary>
    public static async Task<string?> LookAsync()
    {
        try
        {
            await RunAsync(["version"]);
            return null;
        }
        catch (Exception e)
        {
            return $"No Docker engine answers ({Servers.FirstLine(e)}).";
        }
    }

    /// <summary>Runs it to its end and returns its output. Throws with the output if it fails.</summary>
    public static async Task<string> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var docker = new Process { StartInfo = Start(arguments, environment) };
        docker.Start();
        var (output, errors) = (docker.StandardOutput.ReadToEndAsync(), docker.StandardError.ReadToEndAsync());
        await docker.WaitForExitAsync();
        return docker.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {await errors}");
    }

    /// <summary>Runs it until it is disposed and keeps its output.</summary>
    public static Output Follow(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        new(Start(arguments, environment));

    private static ProcessStartInfo Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }
}
