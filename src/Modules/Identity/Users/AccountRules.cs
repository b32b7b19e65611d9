using Kumiko.BuildingBlocks.Text;
using Kumiko.Identity.Naming;

namespace Kumiko.Identity.Users;

/// <summary>The rules for accounts.</summary>
internal static class AccountRules
{
    public static IRuleBuilderOptions<T, string?> IsEmail<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Enter an e-mail address.")
            .Must(email => EmailAddresses.IsValid(email!))
            .WithMessage("This is not an e-mail address. Write it as name@example.com.");

    public static IRuleBuilderOptions<T, string?> IsUsername<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Choose a name.")
            .Must(username => UnicodeText.Length(username!) is >= Names.MinUsername and <= Names.MaxUsername)
            .WithMessage($"A name has {Names.MinUsername} to {Names.MaxUsername} characters.")
            .Must(username => Names.HasUsernameCharacters(username!))
            .WithMessage("A name consists of letters, digits, '_', '-' and '.', each of them visible.")
            .Must(username => Names.HasLetterOrDigit(username!))
            .WithMessage("A name has at least one letter or digit.")
            .Must(username => Names.HasFewMarks(username!))
            .WithMessage("A letter of a name has at most two marks.")
            .Must(username => Scripts.IsSingleScript(username!))
            .WithMessage("A name is written in one script: do not mix Latin and Cyrillic letters, for example.");
}
