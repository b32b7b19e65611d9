using System.Diagnostics;
using System.Text;

namespace Kumiko.TestServers;

/// <summary>A program's output, kept while it runs.</summary>
public sealed class Output : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _text = new();
    private int _seen;

    internal Output(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All output so far.</summary>
    public string All
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    /// <summary>The output since the last call.</summary>
    public string New()
    {
        lock (_text)
        {
            var added = _text.ToString(_seen, _text.Length - _seen);
            _seen = _text.Length;
            return added;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private void Append(string? line)
    {
        if (line is null)
            return;
        lock (_text)
            _text.AppendLine(line);
    }
}
