namespace Kumiko.Identity.Secrets;

/// <summary>What a one-time secret allows.</summary>
internal sealed record SecretKind
{
    /// <summary>Proves that its holder reads the mails to an address.</summary>
    public static readonly SecretKind VerifyEmail = new("verify_email", TimeSpan.FromHours(24));

    /// <summary>Chooses a new password.</summary>
    public static readonly SecretKind ResetPassword = new("reset_password", TimeSpan.FromMinutes(30));

    /// <summary>
    /// Brings back the address that an account had. A thief who changes the address twice must not void the owner's, so there is one for
    /// each address.
    /// </summary>
    public static readonly SecretKind KeepEmail = new("keep_email", TimeSpan.FromHours(72)) { IsForEachAddress = true };

    private SecretKind(string name, TimeSpan lifetime) => (Name, Lifetime) = (name, lifetime);

    /// <summary>The name in the table.</summary>
    public string Name { get; }

    /// <summary>How long a secret can be used.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>Whether a newer one voids only the older ones that were sent to the same address.</summary>
    public bool IsForEachAddress { get; private init; }
}
