using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.FinishPasskeySignIn;

internal sealed class FinishPasskeySignInValidator : AbstractValidator<FinishPasskeySignIn>
{
    public FinishPasskeySignInValidator()
    {
        RuleFor(command => command.Answer).NotNull().OverridePropertyName("Response").WithMessage(PasskeyErrors.Unreadable);
        RuleFor(command => command.TokenDelivery).IsTokenDelivery();
    }
}
