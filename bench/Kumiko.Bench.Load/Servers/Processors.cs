using System.Diagnostics;

namespace Kumiko.Bench.Load.Servers;

/// <summary>Keeps processes on processors of their own, where the system can.</summary>
internal static class Processors
{
    /// <summary>Starts a process that stays on one processor. Call it on the main thread, from which the process inherits that.</summary>
    /// <param name="processor">Its number; with fewer processors the process may use all of them.</param>
    /// <param name="start">Starts the process.</param>
    public static T StartOn<T>(int processor, Func<T> start)
    {
        if (!(OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) || processor >= Environment.ProcessorCount)
            return start();

        using var self = Process.GetCurrentProcess();
        var all = self.ProcessorAffinity;
        self.ProcessorAffinity = 1 << processor;
        try
        {
            return start();
        }
        finally
        {
            self.ProcessorAffinity = all;
        }
    }
}
