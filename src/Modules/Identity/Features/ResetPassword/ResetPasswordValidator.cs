using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Secrets;

namespace Kumiko.Identity.Features.ResetPassword;

internal sealed class ResetPasswordValidator : AbstractValidator<ResetPassword>
{
    public ResetPasswordValidator()
    {
        RuleFor(command => command.Token).IsSecret();
        RuleFor(command => command.NewPassword).IsNewPassword();
        RuleFor(command => command.TotpCode).IsCode();
    }
}
