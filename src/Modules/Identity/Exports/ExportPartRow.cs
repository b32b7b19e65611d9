namespace Kumiko.Identity.Exports;

/// <summary>A part of an export: what a module has answered.</summary>
internal sealed record ExportPartRow
{
    public long UserId { get; init; }
    public string Module { get; init; } = "";
    public int Number { get; init; }

    /// <summary>Whether the module has no more.</summary>
    public bool IsLast { get; init; }

    /// <summary>Whether the module has more, but is not asked for it, because the export would become too large.</summary>
    public bool IsCut { get; init; }

    /// <summary>The length of the content, in bytes.</summary>
    public int Size { get; init; }

    /// <summary>Sealed for the export.</summary>
    public byte[] Content { get; init; } = [];
}
