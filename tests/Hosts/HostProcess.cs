using System.Diagnostics;
using System.Text;

namespace Kumiko.TestHosts;

/// <summary>A Host in its own process, started as an operator would start it, with all its output kept.</summary>
public sealed class HostProcess : IRunningHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string Program = FindProgram();

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private int _outputSeen;
    private int _errorsSeen;

    private HostProcess(Process process, Uri address, Uri operators)
    {
        _process = process;
        Address = address;
        Operators = operators;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
    }

    /// <summary>The address of the Host.</summary>
    public Uri Address { get; }

    /// <summary>The address for operators: health and metrics.</summary>
    public Uri Operators { get; }

    /// <summary>All output to standard output and standard error so far.</summary>
    public string Log => Read(_output) + Read(_errors);

    /// <summary>All output to standard error so far.</summary>
    public string Errors => Read(_errors);

    /// <summary>The output since the last call.</summary>
    public string NewLog() => ReadNew(_output, ref _outputSeen) + ReadNew(_errors, ref _errorsSeen);

    public bool HasEnded => _process.HasExited;

    public static HostProcess Launch(
        string folder,
        Uri address,
        Uri operators,
        IReadOnlyDictionary<string, string> settings,
        string? umask,
        params string[] arguments
    )
    {
        string[] command = ["dotnet", Program, .. arguments];
        // The shell becomes the program, so the process is the same.
        if (umask is not null)
            command = ["sh", "-c", $"umask {umask}; exec \"$0\" \"$@\"", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var inherited in start.Environment.Keys.Where(IsSetting).ToList())
            start.Environment.Remove(inherited);
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Operators__Urls"] = operators.ToString();
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        var host = new HostProcess(new Process { StartInfo = start }, address, operators);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits until the Host reports that it is ready. Throws with its output if it ends or hangs instead.</summary>
    public async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Operators };
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience && !_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"The Host {(_process.HasExited ? "ended" : "did not become ready")}. It said:\n{Log}");
    }

    /// <summary>Waits until the Host has printed this text, whether it is ready or not.</summary>
    public async Task SaysAsync(string text)
    {
        var clock = Stopwatch.StartNew();
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            if (clock.Elapsed > Patience || _process.HasExited)
                throw new InvalidOperationException($"The Host did not say '{text}'. It said:\n{Log}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits for the process to end by itself and returns its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Asks the process to stop, as an operator or an orchestrator does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", $"{_process.Id}"]).Dispose();

    /// <summary>Asks the process to stop and waits until it has.</summary>
    public async Task<int> StopAsync()
    {
        Terminate();
        return await ExitAsync();
    }

    /// <summary>Kills the process, as a crash or a power failure would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Terminate();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
                _process.Kill();
        }

        _process.Dispose();
    }

    private static bool IsSetting(string name) =>
        name.Contains("__", StringComparison.Ordinal)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.Equals("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase)
        || name.Equals("URLS", StringComparison.OrdinalIgnoreCase)
        || name.Equals("MODULES", StringComparison.OrdinalIgnoreCase);

    // KUMIKO_TEST_HOST may be the folder of a published Host. Otherwise it is the one built along: the folder bin/<configuration>/net10.0
    // has the same names in the test project and in the Host.
    private static string FindProgram()
    {
        if (Environment.GetEnvironmentVariable("KUMIKO_TEST_HOST") is { Length: > 0 } published)
            return Path.Combine(published, "Kumiko.Host.dll");
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Repository.Root, "src", "Host", "bin", framework.Parent!.Name, framework.Name, "Kumiko.Host.dll");
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
    }

    private static string ReadNew(StringBuilder text, ref int seen)
    {
        lock (text)
        {
            var added = text.ToString(seen, text.Length - seen);
            seen = text.Length;
            return added;
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
