using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.Reauthenticate;

internal sealed class ReauthenticateValidator : AbstractValidator<Reauthenticate>
{
    public ReauthenticateValidator()
    {
        RuleFor(command => command.Password).IsPassword().When(command => command.TotpCode.Length == 0 && !command.HasPasskey);
        RuleFor(command => command.TotpCode).IsCode();
        RuleFor(command => command.Passkey).NotNull().When(command => command.HasPasskey).WithMessage(PasskeyErrors.Unreadable);
    }
}
