using Kumiko.Identity.Passwords;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.UpdateMe;

internal sealed class UpdateMeValidator : AbstractValidator<UpdateMe>
{
    public UpdateMeValidator()
    {
        When(command => command.Email is not null, () => RuleFor(command => command.Email).IsEmail());
        When(command => command.Username is not null, () => RuleFor(command => command.Username).IsUsername());
        When(command => !string.IsNullOrEmpty(command.CurrentPassword), () => RuleFor(command => command.CurrentPassword).IsPassword());
    }
}
