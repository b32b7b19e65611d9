using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.RenamePasskey;

internal sealed class RenamePasskeyValidator : AbstractValidator<RenamePasskey>
{
    public RenamePasskeyValidator() => RuleFor(command => command.Name).IsPasskeyName();
}
