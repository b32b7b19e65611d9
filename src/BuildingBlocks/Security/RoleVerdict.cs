namespace Kumiko.BuildingBlocks.Security;

/// <summary>The result of a change of role.</summary>
/// <param name="IsDone">Whether the account has the role now.</param>
/// <param name="Sentence">The same for the operator.</param>
public sealed record RoleVerdict(bool IsDone, string Sentence);
