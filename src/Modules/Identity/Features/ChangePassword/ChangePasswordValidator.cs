using FluentValidation;

namespace Kumiko.Identity.Features.ChangePassword;

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePasswordRequest>
{
    public ChangePasswordValidator()
    {
        RuleFor(request => request.CurrentPassword).IsPassword();
        RuleFor(request => request.NewPassword).IsNewPassword();
    }
}
