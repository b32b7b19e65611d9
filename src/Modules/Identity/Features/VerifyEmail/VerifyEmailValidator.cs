using Kumiko.Identity.Secrets;

namespace Kumiko.Identity.Features.VerifyEmail;

internal sealed class VerifyEmailValidator : AbstractValidator<VerifyEmail>
{
    public VerifyEmailValidator() => RuleFor(command => command.Token).IsSecret();
}
