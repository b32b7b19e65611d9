using Kumiko.Identity.Secrets;

namespace Kumiko.Identity.Features.UndoFactors;

internal sealed class UndoFactorsValidator : AbstractValidator<UndoFactors>
{
    public UndoFactorsValidator() => RuleFor(command => command.Token).IsSecret();
}
