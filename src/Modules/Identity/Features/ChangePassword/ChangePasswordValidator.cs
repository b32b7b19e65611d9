using Kumiko.BuildingBlocks.Text;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.ChangePassword;

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator()
    {
        RuleFor(command => command.CurrentPassword).IsPassword();
        // Compared in the form in which they are hashed.
        RuleFor(command => command.NewPassword)
            .IsNewPassword()
            .Must((command, password) => Nfkc.Compose(password) != Nfkc.Compose(command.CurrentPassword))
            .WithMessage("This is the password you have now. Choose another.");
        RuleFor(command => command.TokenDelivery).IsTokenDelivery();
    }
}
