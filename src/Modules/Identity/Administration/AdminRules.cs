namespace Kumiko.Identity.Administration;

/// <summary>The rules for what admins send.</summary>
internal static class AdminRules
{
    /// <summary>The longest reason, in Unicode scalar values.</summary>
    public const int MaxReason = 500;
}
