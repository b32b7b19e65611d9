using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.FinishPasskeyRegistration;

internal sealed class FinishPasskeyRegistrationValidator : AbstractValidator<FinishPasskeyRegistration>
{
    public FinishPasskeyRegistrationValidator()
    {
        RuleFor(command => command.Answer).NotNull().OverridePropertyName("Response").WithMessage(PasskeyErrors.Unreadable);
        RuleFor(command => command.Name).IsPasskeyName();
    }
}
