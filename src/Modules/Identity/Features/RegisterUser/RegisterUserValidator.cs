using FluentValidation;

namespace Kumiko.Identity.Features.RegisterUser;

internal sealed class RegisterUserValidator : AbstractValidator<RegisterUserRequest>
{
    public RegisterUserValidator()
    {
        RuleFor(request => request.Email).IsEmail();
        RuleFor(request => request.Username).IsUsername();
        RuleFor(request => request.Password).IsNewPassword();
    }
}
