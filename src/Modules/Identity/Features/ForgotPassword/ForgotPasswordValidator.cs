using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ForgotPassword;

internal sealed class ForgotPasswordValidator : AbstractValidator<ForgotPassword>
{
    public ForgotPasswordValidator() => RuleFor(command => command.Email).IsEmail();
}
