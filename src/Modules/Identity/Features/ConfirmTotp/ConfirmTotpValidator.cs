using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.ConfirmTotp;

internal sealed class ConfirmTotpValidator : AbstractValidator<ConfirmTotp>
{
    public ConfirmTotpValidator() => RuleFor(command => command.Code).IsNeededCode();
}
