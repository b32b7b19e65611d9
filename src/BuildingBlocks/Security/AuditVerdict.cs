namespace Kumiko.BuildingBlocks.Security;

/// <summary>The result of the verification of an audit trail.</summary>
/// <param name="IsIntact">Whether nothing was changed, added or removed.</param>
/// <param name="Sentence">The same for the operator, with the entry that it is about.</param>
public sealed record AuditVerdict(bool IsIntact, string Sentence);
