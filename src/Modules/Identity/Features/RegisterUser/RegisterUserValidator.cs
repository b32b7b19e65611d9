using Kumiko.Identity.Passwords;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.RegisterUser;

internal sealed class RegisterUserValidator : AbstractValidator<RegisterUserRequest>
{
    public RegisterUserValidator()
    {
        RuleFor(request => request.Email).IsEmail();
        RuleFor(request => request.Username).IsUsername();
        RuleFor(request => request.Password)
            .IsNewPassword()
            .Must((request, password) => !PasswordContext.Suggests(password!, request.Email, request.Username))
            .WithMessage(PasswordContext.Refusal);
    }
}
