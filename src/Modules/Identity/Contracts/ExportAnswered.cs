using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Identity.Contracts;

/// <summary>A part of what a module holds about the user of an export. Modules send this, and Identity collects it.</summary>
/// <param name="ExportId">The export.</param>
/// <param name="Module">The module.</param>
/// <param name="Number">The number of the part, from 0.</param>
/// <param name="Content">What the module holds, sealed for the export, in base64.</param>
/// <param name="Next">Where the module's next part begins; null if this is the last.</param>
public sealed record ExportAnswered(string ExportId, string Module, int Number, string Content, string? Next) : IEvent
{
    /// <inheritdoc />
    public static string Name => "identity.export_answered";
}
