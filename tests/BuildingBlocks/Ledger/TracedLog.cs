using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Tests.Ledger;

/// <summary>What a process logs, with the trace in which it logs it.</summary>
internal sealed class TracedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string, ActivityTraceId?, Exception?)> _lines = [];

    public IReadOnlyCollection<(string Text, ActivityTraceId? Trace, Exception? Exception)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Enqueue((formatter(state, exception), Activity.Current?.TraceId, exception));

    public void Dispose() { }
}
