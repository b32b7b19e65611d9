using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>A module of this process that has an <c>ended_sessions</c> table.</summary>
internal sealed class EndedSessionsSource(ModuleDatabase database)
{
    // Also reads rows older than the last read: their transaction committed late, or the clock of the machine that wrote them is behind.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _lastRead;

    /// <summary>The name of the module.</summary>
    public string Module => database.Module;

    /// <summary>Whether its table has been read at least once.</summary>
    public bool IsLoaded => _lastRead is not null;

    /// <summary>Reads what any instance of the module has recorded since the last read.</summary>
    public async Task ReadAsync(EndedSessions sessions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var rows = _lastRead is { } last
            ? await session.ReadSessionsEndedSinceAsync(last - Overlap, cancellationToken)
            : await session.ReadEndedSessionsAsync(now, cancellationToken);
        foreach (var row in rows)
        {
            if (row.ExpiresAt > now)
                sessions.Add(row.SessionId, row.ExpiresAt);
        }

        _lastRead = now;
    }
}
