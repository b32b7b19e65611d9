using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Kumiko.TestHosts.Neighbours;

namespace Kumiko.Bench.Load.Servers;

/// <summary>A hostile client in a process of its own, which gets a processor only when nobody else needs it.</summary>
internal sealed partial class Attacker : IDisposable
{
    private const string Name = "attack";
    private const int CallingThread = 0;
    private const int Idle = 5;

    // Each attack of any kind comes from another address, with quotas that are not used up yet.
    private static int _attacks;

    private readonly Process _process;
    private readonly SortedDictionary<int, int> _answers = [];

    private Attacker(Process process) => _process = process;

    /// <summary>The processor time used so far.</summary>
    public TimeSpan ProcessorTime => _process.ReadProcessorTime();

    /// <summary>How often the attacks so far got which status, as text.</summary>
    public string Answers => string.Join(", ", _answers.Select(got => $"{got.Value} x {got.Key}"));

    /// <summary>The command with which this program runs as a hostile client.</summary>
    public static Command Command()
    {
        var kind = new Argument<string>("kind");
        var address = new Argument<Uri>("address") { CustomParser = result => new Uri(result.Tokens[0].Value) };
        var command = new Command(Name) { kind, address };
        command.Hidden = true;
        command.SetAction(result => AttackAsync(result.GetRequiredValue(kind), result.GetRequiredValue(address)).GetAwaiter().GetResult());
        return command;
    }

    /// <summary>Starts the process, which then waits.</summary>
    public static Attacker Start(string kind, Uri address)
    {
        var program = typeof(Attacker).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, Name, kind, address.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new Attacker(Process.Start(start)!);
    }

    /// <summary>Begins an attack.</summary>
    public void Begin()
    {
        var (network, client) = Math.DivRem(_attacks++, 250);
        _process.StandardInput.WriteLine($"127.0.{66 + network}.{client + 1}");
    }

    /// <summary>Ends the attack and waits for what is still under way.</summary>
    public void End()
    {
        _process.StandardInput.WriteLine();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The hostile client ended.");
        foreach (var got in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(got => got.Split('=')))
        {
            var status = int.Parse(got[0], CultureInfo.InvariantCulture);
            _answers[status] = _answers.GetValueOrDefault(status) + int.Parse(got[1], CultureInfo.InvariantCulture);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
    }

    // Before the process has other threads: on Linux both apply to this thread and to those that it will start. There, a low priority alone
    // still lets a thread finish its slice of some milliseconds when another one wants the processor (sched(7), SCHED_IDLE).
    private static void YieldToAll()
    {
        using (var self = Process.GetCurrentProcess())
            self.PriorityClass = ProcessPriorityClass.Idle;
        var priority = 0;
        if (OperatingSystem.IsLinux() && SetScheduler(CallingThread, Idle, ref priority) != 0)
            throw new InvalidOperationException("The hostile client could not give way to other processes.");
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetScheduler(int pid, int policy, ref int priority);

    // Each line is an address to attack from; the next one ends the attack, and the answer is its outcome.
    private static async Task AttackAsync(string kind, Uri address)
    {
        YieldToAll();
        while (Console.ReadLine() is { } from)
        {
            using var stop = new CancellationTokenSource();
            var attack = new HostileClient(address, IPAddress.Parse(from)).AttackAsync(kind, stop.Token);
            Console.ReadLine();
            await stop.CancelAsync();
            Console.WriteLine(string.Join(' ', (await attack).Select(got => $"{got.Key}={got.Value}")));
        }
    }
}
