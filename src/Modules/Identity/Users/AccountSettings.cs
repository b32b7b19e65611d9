using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Identity.Users;

/// <summary>What an installation asks of accounts.</summary>
internal sealed class AccountSettings
{
    private const string VerifiedEmail = "Identity:RequireVerifiedEmail";
    private const string Registering = "Identity:Registration";
    private const string TakenEmails = "Identity:RevealTakenEmails";
    private const string AdminSecondFactor = "Identity:RequireAdminSecondFactor";

    /// <param name="configuration">The configuration.</param>
    /// <param name="sendsMail">Whether the installation sends mails: without them nobody can prove an address.</param>
    /// <exception cref="InvalidSettingException">The settings cannot work.</exception>
    public AccountSettings(IConfiguration configuration, bool sendsMail)
    {
        SendsMail = sendsMail;
        Registration = Read(
            configuration,
            Registering,
            (RegistrationMode.Open, RegistrationMode.Open),
            (RegistrationMode.Closed, RegistrationMode.Closed),
            (RegistrationMode.Invited, RegistrationMode.Invited)
        );
        RevealTakenEmails = Read(configuration, TakenEmails, ("true", true), ("false", false));
        RequireAdminSecondFactor = Read(configuration, AdminSecondFactor, ("false", false), ("true", true));
        RequireVerifiedEmail = Read(
            configuration,
            VerifiedEmail,
            ("none", VerifiedEmailRule.None),
            ("to_write", VerifiedEmailRule.ToWrite),
            ("to_sign_in", VerifiedEmailRule.ToSignIn)
        );
        if (!sendsMail && RequireVerifiedEmail != VerifiedEmailRule.None)
            throw new InvalidSettingException(
                $"{VerifiedEmail} is '{configuration[VerifiedEmail]}', but no mail is sent, so nobody could prove an address: "
                    + "set Mail:Host and Mail:From, or set it to 'none'."
            );
        if (!sendsMail && Registration == RegistrationMode.Invited)
            throw new InvalidSettingException(
                $"{Registering} is 'invited', but no mail is sent, so nobody could be invited: set Mail:Host and Mail:From, or set it to "
                    + "'open' or 'closed'."
            );
        if (!RevealTakenEmails && RequireVerifiedEmail != VerifiedEmailRule.ToSignIn)
            throw new InvalidSettingException(
                $"{TakenEmails} is 'false': set {VerifiedEmail} to 'to_sign_in', because signing in after a registration would "
                    + "reveal whether the address was taken."
            );
    }

    /// <summary>Whether the installation sends mails.</summary>
    public bool SendsMail { get; }

    /// <summary>Who may create an account, of <see cref="RegistrationMode"/> (<c>Identity:Registration</c>).</summary>
    public string Registration { get; }

    /// <summary>
    /// Whether a registration reveals that an account has the address (<c>Identity:RevealTakenEmails</c>). If not, it is answered the same
    /// way for any address, and so is a sign-in until the address is proved.
    /// </summary>
    public bool RevealTakenEmails { get; }

    /// <summary>Whether admins need a second factor or a passkey (<c>Identity:RequireAdminSecondFactor</c>).</summary>
    public bool RequireAdminSecondFactor { get; }

    /// <summary>What requires a proved e-mail address (<c>Identity:RequireVerifiedEmail</c>).</summary>
    public VerifiedEmailRule RequireVerifiedEmail { get; }

    /// <summary>Whether an account may read, but has to prove its address before it may write.</summary>
    public bool MayOnlyRead(UserRow user) => RequireVerifiedEmail != VerifiedEmailRule.None && !user.EmailVerified;

    private static T Read<T>(IConfiguration configuration, string setting, params (string Name, T Value)[] choices)
    {
        if (configuration[setting] is not { Length: > 0 } text)
            return choices[0].Value;

        var found = Array.FindIndex(choices, choice => string.Equals(choice.Name, text, StringComparison.OrdinalIgnoreCase));
        return found >= 0
            ? choices[found].Value
            : throw new InvalidSettingException(
                $"{setting} is '{text}': set it to one of {string.Join(", ", choices.Select(choice => $"'{choice.Name}'"))}."
            );
    }
}
