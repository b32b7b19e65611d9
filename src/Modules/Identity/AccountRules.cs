using FluentValidation;
using Kumiko.BuildingBlocks.Validation;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;

namespace Kumiko.Identity;

/// <summary>What an account may consist of.</summary>
internal static class AccountRules
{
    public const int ShortestPassword = 8;
    public const int LongestPassword = 128;

    public static IRuleBuilderOptions<T, string?> IsEmail<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Enter an e-mail address.")
            .Must(email => Names.IsEmail(email!))
            .WithMessage("This is not an e-mail address. Write it as name@example.com.");

    public static IRuleBuilderOptions<T, string?> IsUsername<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Choose a name.")
            .Must(username => UnicodeText.Length(username!) is >= Names.ShortestUsername and <= Names.LongestUsername)
            .WithMessage($"A name has {Names.ShortestUsername} to {Names.LongestUsername} characters.")
            .Must(username => Names.HasUsernameCharacters(username!))
            .WithMessage("A name consists of letters, digits, '_', '-' and '.', each of them visible.")
            .Must(username => Names.HasLetterOrDigit(username!))
            .WithMessage("A name has at least one letter or digit.")
            .Must(username => Names.HasFewMarks(username!))
            .WithMessage("A letter of a name has at most two marks.")
            .Must(username => Scripts.AreSingle(username!))
            .WithMessage("A name is written in one script: do not mix Latin and Cyrillic letters, for example.");

    // NIST SP 800-63B 5.1.1.2: a length, any characters, and a list of common passwords; no rules of composition. Each code point counts as one.
    public static IRuleBuilderOptions<T, string?> IsNewPassword<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Choose a password.")
            .Must(password => UnicodeText.Length(password!) is >= ShortestPassword and <= LongestPassword)
            .WithMessage($"A password has {ShortestPassword} to {LongestPassword} characters.")
            .Must(password => !CommonPasswords.Contain(password!))
            .WithMessage("This password is too easy to guess. Choose another.");

    /// <summary>A password that exists already: whether it is right only its hash can tell, but a longer one was never accepted.</summary>
    public static IRuleBuilderOptions<T, string?> IsPassword<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Enter the password.")
            .Must(password => UnicodeText.Length(password!) <= LongestPassword)
            .WithMessage($"A password has at most {LongestPassword} characters.");
}
