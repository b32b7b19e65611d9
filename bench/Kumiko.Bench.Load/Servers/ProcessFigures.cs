using System.Diagnostics;

namespace Kumiko.Bench.Load.Servers;

/// <summary>Figures of a running process as they are now: <see cref="Process"/> keeps those that it has read once.</summary>
internal static class ProcessFigures
{
    /// <summary>The processor time used so far.</summary>
    public static TimeSpan ReadProcessorTime(this Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    /// <summary>The resident memory in bytes.</summary>
    public static long ReadResidentBytes(this Process process)
    {
        process.Refresh();
        return process.WorkingSet64;
    }
}
