using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.Reauthenticate;

internal sealed class ReauthenticateValidator : AbstractValidator<Reauthenticate>
{
    public ReauthenticateValidator()
    {
        RuleFor(command => command.Password).IsPassword().When(command => command.TotpCode.Length == 0);
        RuleFor(command => command.TotpCode).IsCode();
    }
}
