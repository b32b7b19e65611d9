namespace Kumiko.Identity.SecondFactors;

/// <summary>How the second factor was changed, as written to the security log.</summary>
internal static class SecondFactorReason
{
    public const string TurnedOn = "turned_on";

    public const string TurnedOff = "turned_off";

    public const string NewRecoveryCodes = "new_recovery_codes";

    /// <summary>The recovery codes were removed, and the app stays.</summary>
    public const string NoRecoveryCodes = "no_recovery_codes";
}
