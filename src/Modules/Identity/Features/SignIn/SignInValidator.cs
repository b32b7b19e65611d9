using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.SignIn;

internal sealed class SignInValidator : AbstractValidator<SignInRequest>
{
    public SignInValidator()
    {
        // A malformed address gets the same answer as an unknown one.
        RuleFor(request => request.Email)
            .NotEmpty()
            .WithMessage("Enter the e-mail address of the account.")
            .MaximumLength(Names.MaxEmail)
            .WithMessage($"An e-mail address has at most {Names.MaxEmail} characters.");
        RuleFor(request => request.Password).IsPassword();
        RuleFor(request => request.TokenDelivery).IsTokenDelivery();
    }
}
