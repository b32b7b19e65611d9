using Kumiko.Identity.Passwords;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.RegisterUser;

internal sealed class RegisterUserValidator : AbstractValidator<RegisterUser>
{
    public RegisterUserValidator()
    {
        RuleFor(command => command.Email).IsEmail();
        RuleFor(command => command.Username).IsUsername();
        RuleFor(command => command.Password)
            .IsNewPassword()
            .Must((command, password) => !PasswordContext.IsTooSimilar(password, command.Email, command.Username))
            .WithMessage(PasswordContext.Refusal);
        RuleFor(command => command.Invitation)
            .MaximumLength(SecretRules.MaxLength)
            .WithMessage($"A token has at most {SecretRules.MaxLength} characters.");
    }
}
