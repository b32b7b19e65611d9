namespace Kumiko.Identity.Recovery;

/// <summary>An account that its owner has back.</summary>
/// <param name="ResetToken">The secret that chooses its new password.</param>
internal sealed record RecoveredAccount(string ResetToken);
