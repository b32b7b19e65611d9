using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.RenewRecoveryCodes;

internal sealed class RenewRecoveryCodesValidator : AbstractValidator<RenewRecoveryCodes>
{
    public RenewRecoveryCodesValidator()
    {
        RuleFor(command => command.Password).IsPassword();
        RuleFor(command => command.TotpCode).IsNeededCode();
    }
}
