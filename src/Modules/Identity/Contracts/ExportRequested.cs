using Kumiko.BuildingBlocks.Privacy;

namespace Kumiko.Identity.Contracts;

/// <summary>
/// A user asks for everything that is held about them. Every module answers with <see cref="ExportAnswered"/>, part by part; Identity sends
/// this again for each part that follows.
/// </summary>
/// <param name="ExportId">The export that the answers belong to.</param>
/// <param name="UserId">The user.</param>
/// <param name="OfModule">The module that is asked to go on; null if every module is asked to begin.</param>
/// <param name="Number">The number of the part that is asked for, from 0.</param>
/// <param name="Place">Where the part begins, as the module said in the part before; null for the first.</param>
/// <param name="PublicKey">The key that seals the answers, in base64. It is used for this export alone.</param>
/// <param name="ExpiresAt">The time from which nobody waits for an answer.</param>
public sealed record ExportRequested(
    string ExportId,
    long UserId,
    string? OfModule,
    int Number,
    string? Place,
    string PublicKey,
    DateTimeOffset ExpiresAt
) : IPersonalDataRequest<ExportAnswered>
{
    /// <inheritdoc />
    public static string Name => "identity.export_requested";

    /// <inheritdoc />
    public ExportAnswered Answer(string moduleName, string content, string? place) => new(ExportId, moduleName, Number, content, place);
}
