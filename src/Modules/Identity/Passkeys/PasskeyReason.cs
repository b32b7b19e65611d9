namespace Kumiko.Identity.Passkeys;

/// <summary>What happened with a passkey, as written to the security log and the audit trail.</summary>
internal static class PasskeyReason
{
    public const string Added = "added";

    public const string Renamed = "renamed";

    public const string Removed = "removed";

    /// <summary>Somebody signed in with a passkey, or tried to.</summary>
    public const string SignIn = "passkey";

    /// <summary>The authenticator's count has not grown, so there is a copy of the passkey.</summary>
    public const string Copied = "passkey_copied";

    /// <summary>The passkey was good, and the address of the account has to be proved first.</summary>
    public const string Unverified = "unverified";

    /// <summary>How the audit trail names a passkey.</summary>
    public static string Of(long id) => $"passkey:{id}";
}
