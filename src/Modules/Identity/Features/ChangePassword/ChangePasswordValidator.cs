using Kumiko.BuildingBlocks.Text;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.ChangePassword;

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePasswordRequest>
{
    public ChangePasswordValidator()
    {
        RuleFor(request => request.CurrentPassword).IsPassword();
        // Compared in the form in which they are hashed.
        RuleFor(request => request.NewPassword)
            .IsNewPassword()
            .Must(
                (request, password) => request.CurrentPassword is null || Nfkc.Compose(password!) != Nfkc.Compose(request.CurrentPassword)
            )
            .WithMessage("This is the password you have now. Choose another.");
        RuleFor(request => request.TokenDelivery).IsTokenDelivery();
    }
}
