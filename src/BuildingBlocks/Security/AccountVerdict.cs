namespace Kumiko.BuildingBlocks.Security;

/// <summary>The result of what the operator does to an account.</summary>
/// <param name="IsDone">Whether the account is as asked for.</param>
/// <param name="Sentence">The same for the operator.</param>
public sealed record AccountVerdict(bool IsDone, string Sentence);
