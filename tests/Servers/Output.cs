using System.Diagnostics;
using System.Text;

namespace Kumiko.Contract.Running;

/// <summary>What a program prints, kept while it runs.</summary>
public sealed class Output : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder text = new();
    private int seen;

    internal Output(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything so far.</summary>
    public string All
    {
        get
        {
            lock (text)
                return text.ToString();
        }
    }

    /// <summary>What was printed since this was last called.</summary>
    public string New()
    {
        lock (text)
        {
            var added = text.ToString(seen, text.Length - seen);
            seen = text.Length;
            return added;
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private void Append(string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
    }
}
