using Kumiko.Identity.Secrets;

namespace Kumiko.Identity.Features.KeepEmail;

internal sealed class KeepEmailValidator : AbstractValidator<KeepEmail>
{
    public KeepEmailValidator() => RuleFor(command => command.Token).IsSecret();
}
