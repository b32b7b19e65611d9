using FluentValidation;

namespace Kumiko.Identity.Features.SignIn;

internal sealed class SignInValidator : AbstractValidator<SignInRequest>
{
    public SignInValidator()
    {
        // An address of another form is answered like an unknown one.
        RuleFor(request => request.Email)
            .NotEmpty()
            .WithMessage("Enter the e-mail address of the account.")
            .MaximumLength(Names.LongestEmail)
            .WithMessage($"An e-mail address has at most {Names.LongestEmail} characters.");
        RuleFor(request => request.Password).IsPassword();
        RuleFor(request => request.TokenDelivery).IsTokenDelivery();
    }
}
