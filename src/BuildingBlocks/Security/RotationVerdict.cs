namespace Kumiko.BuildingBlocks.Security;

/// <summary>The result of a rotation of keys.</summary>
/// <param name="IsDone">Whether the keys are as asked for.</param>
/// <param name="Sentence">The same for the operator.</param>
public sealed record RotationVerdict(bool IsDone, string Sentence);
