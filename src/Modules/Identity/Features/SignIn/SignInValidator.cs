using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.SignIn;

internal sealed class SignInValidator : AbstractValidator<SignIn>
{
    public SignInValidator()
    {
        // A malformed address gets the same answer as an unknown one.
        RuleFor(command => command.Email)
            .NotEmpty()
            .WithMessage("Enter the e-mail address of the account.")
            .MaximumLength(EmailAddresses.MaxLength)
            .WithMessage($"An e-mail address has at most {EmailAddresses.MaxLength} characters.");
        RuleFor(command => command.Password).IsPassword();
        RuleFor(command => command.TotpCode).IsCode();
        RuleFor(command => command.TokenDelivery).IsTokenDelivery();
    }
}
