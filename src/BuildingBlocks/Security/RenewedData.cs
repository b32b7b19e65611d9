namespace Kumiko.BuildingBlocks.Security;

/// <summary>What a change of the secret has done to some encrypted data.</summary>
/// <param name="Renewed">How many were encrypted again.</param>
/// <param name="Current">How many were encrypted under the current secret already.</param>
/// <param name="Unreadable">How many no accepted secret opens.</param>
public sealed record RenewedData(int Renewed, int Current, int Unreadable);
