using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kumiko.Bench.Load.Load;

namespace Kumiko.Bench.Load.Servers;

/// <summary>A server under test: a separate process on a free port.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServerProcess(string name, Process process, int port)
    {
        Name = name;
        Port = port;
        _process = process;
    }

    /// <summary>The name in the figures.</summary>
    public string Name { get; }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The address.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The time from the start of the process to the end of its first answer.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>The processor time used so far.</summary>
    public TimeSpan ProcessorTime => _process.ReadProcessorTime();

    /// <summary>The resident memory in bytes.</summary>
    public long ResidentBytes => _process.ReadResidentBytes();

    /// <summary>Starts a server and waits until it answers 200 to a GET of the path.</summary>
    /// <exception cref="InvalidOperationException">The server ended, or didn't answer in time. The message contains its output.</exception>
    public static ServerProcess Start(string name, string assembly, IReadOnlyDictionary<string, string> environment, string path)
    {
        if (!File.Exists(assembly))
            throw new InvalidOperationException($"{assembly} is not there: build it in Release first.");

        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [assembly])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(assembly),
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in environment)
            start.Environment[key] = value;

        var begun = Stopwatch.GetTimestamp();
        var server = new ServerProcess(name, Process.Start(start)!, port);
        try
        {
            server.CollectOutput();
            server.WaitForAnswer(path, begun);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>A port on which nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Asks the process to stop, and waits.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // .NET can't send SIGTERM by itself. Where `kill` is missing, as on Windows, the process is killed.
            try
            {
                using var kill = Process.Start("kill", [$"{_process.Id}"]);
                kill.WaitForExit();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                _process.Kill();
            }

            if (!_process.WaitForExit(TimeSpan.FromSeconds(15)))
                _process.Kill();
        }

        _process.Dispose();
    }

    private void CollectOutput()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Keep(string? line)
        {
            lock (_output)
            {
                // The first lines show what is wrong.
                if (_output.Length < 4_000)
                    _output.AppendLine(line);
            }
        }
    }

    private void WaitForAnswer(string path, long begun)
    {
        var request = HttpConnection.Get(path);
        while (!Answers(request))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(begun) > StartTimeout)
            {
                lock (_output)
                    throw new InvalidOperationException($"{Name} does not answer on {path}. It wrote:\n{_output}");
            }

            // Short enough to be exact, long enough to leave the processor to the server that starts.
            Thread.Sleep(5);
        }

        StartTime = Stopwatch.GetElapsedTime(begun);
    }

    private bool Answers(byte[] request)
    {
        try
        {
            using var connection = new HttpConnection(Port);
            return connection.Ask(request, 200) == 200;
        }
        catch (Exception e) when (e is SocketException or InvalidDataException)
        {
            return false;
        }
    }
}
