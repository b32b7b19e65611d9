using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Identity.Passwords;

/// <summary>The rules for passwords.</summary>
internal static class PasswordRules
{
    public const int MinPassword = 8;
    public const int MaxPassword = 128;

    // NIST SP 800-63B 5.1.1.2: a minimum length, any characters, and lists of common and of breached passwords; no composition rules. Each
    // code point counts as one character.
    public static IRuleBuilderOptions<T, string> IsNewPassword<T>(this IRuleBuilderInitial<T, string> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Choose a password.")
            .Must(password => UnicodeText.Length(password) is >= MinPassword and <= MaxPassword)
            .WithMessage($"A password has {MinPassword} to {MaxPassword} characters.")
            .Must(password => !CommonPasswords.Contains(password))
            .WithMessage("This password is too easy to guess. Choose another.")
            .Must(password => !BreachedPasswords.Contains(password))
            .WithMessage(BreachLookup.Refusal);

    /// <summary>An existing password: only its hash shows whether it is right, but a longer one was never accepted.</summary>
    public static IRuleBuilderOptions<T, string?> IsPassword<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Enter the password.")
            .Must(password => UnicodeText.Length(password!) <= MaxPassword)
            .WithMessage($"A password has at most {MaxPassword} characters.");
}
