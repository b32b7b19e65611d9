namespace Kumiko.Identity.Secrets;

/// <summary>What a one-time secret allows.</summary>
internal sealed record SecretKind
{
    /// <summary>
    /// How long the kinds of <see cref="Undoing"/> can be used, and so how old a factor has to be to stand for the password.
    /// </summary>
    public static readonly TimeSpan UndoingLifetime = TimeSpan.FromHours(72);

    /// <summary>Proves that its holder reads the mails to an address.</summary>
    public static readonly SecretKind VerifyEmail = new("verify_email", TimeSpan.FromHours(24));

    /// <summary>Chooses a new password.</summary>
    public static readonly SecretKind ResetPassword = new("reset_password", TimeSpan.FromMinutes(30));

    /// <summary>
    /// Brings back the address that an account had. A thief who changes the address again must not void the link that the owner opens.
    /// </summary>
    public static readonly SecretKind KeepEmail = new("keep_email", UndoingLifetime) { IsForEachMail = true };

    /// <summary>
    /// Undoes what was added to an account for signing in. A thief who adds a second thing must not void the link that the owner opens.
    /// </summary>
    public static readonly SecretKind UndoFactors = new("undo_factors", UndoingLifetime) { IsForEachMail = true };

    /// <summary>The kinds that undo what was done to an account since the secret was made.</summary>
    public static IReadOnlyList<SecretKind> Undoing { get; } = [KeepEmail, UndoFactors];

    private SecretKind(string name, TimeSpan lifetime) => (Name, Lifetime) = (name, lifetime);

    /// <summary>The name in the table.</summary>
    public string Name { get; }

    /// <summary>How long a secret can be used.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>Whether there is one for each mail, and a newer one voids none. Otherwise it voids the older one.</summary>
    public bool IsForEachMail { get; private init; }
}
