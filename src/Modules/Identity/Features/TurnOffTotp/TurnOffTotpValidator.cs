using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.TurnOffTotp;

internal sealed class TurnOffTotpValidator : AbstractValidator<TurnOffTotp>
{
    public TurnOffTotpValidator()
    {
        RuleFor(command => command.Password).IsPassword();
        RuleFor(command => command.TotpCode).IsNeededCode();
    }
}
