namespace Kumiko.Identity.Tokens;

/// <summary>When and how the user of a session last proved who they are.</summary>
/// <param name="Time">When: the claim <c>auth_time</c>.</param>
/// <param name="Methods">How: the claim <c>amr</c>, as <see cref="AuthenticationMethods"/>, separated by spaces.</param>
internal sealed record Authentication(DateTimeOffset Time, string Methods)
{
    /// <summary>The proof by a password.</summary>
    public static Authentication ByPassword(DateTimeOffset now) => new(now, AuthenticationMethods.Password);

    /// <summary>The proof by a password and a second factor.</summary>
    public static Authentication BySecondFactor(DateTimeOffset now) => new(now, AuthenticationMethods.PasswordAndCode);

    /// <summary>The proof by a passkey, whose authenticator verified the user.</summary>
    public static Authentication ByPasskey(DateTimeOffset now) => new(now, AuthenticationMethods.Passkey);
}
