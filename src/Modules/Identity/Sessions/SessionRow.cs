using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Sessions;

/// <summary>A session as stored in the database.</summary>
internal sealed record SessionRow
{
    public long Id { get; init; }
    public long UserId { get; init; }
    public string? Device { get; init; }
    public string? Address { get; init; }

    /// <summary>Whether the user wants to stay signed in.</summary>
    public bool Remembered { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastUsedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the user last proved who they are.</summary>
    public DateTimeOffset AuthTime { get; init; }

    /// <summary>How the user proved it, as <see cref="AuthenticationMethods"/>.</summary>
    public string Amr { get; init; } = "";

    public Authentication Authentication => new(AuthTime, Amr);
}
