using Kumiko.Identity.Passwords;

namespace Kumiko.Identity.Features.DeleteMe;

internal sealed class DeleteMeValidator : AbstractValidator<DeleteMe>
{
    public DeleteMeValidator() => RuleFor(command => command.Password).IsPassword();
}
