using Kumiko.Identity.Contracts;

namespace Kumiko.Identity.Exports;

/// <summary>An export that a user asked for.</summary>
internal sealed record ExportRow
{
    public long UserId { get; init; }
    public string ExportId { get; init; } = "";

    /// <summary>The other modules whose parts belong to it, separated by commas.</summary>
    public string Modules { get; init; } = "";

    public string PublicKey { get; init; } = "";

    /// <summary>The key that opens the parts, encrypted.</summary>
    public byte[] PrivateKey { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The names of the other modules.</summary>
    public IReadOnlyList<string> ModuleNames => Modules.Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The event that asks every module to begin, or one module to go on.</summary>
    public ExportRequested Request(string? module = null, int number = 0, string? place = null) =>
        new(ExportId, UserId, module, number, place, PublicKey, ExpiresAt);
}
