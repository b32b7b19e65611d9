using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.CreateInvitation;

internal sealed class CreateInvitationValidator : AbstractValidator<CreateInvitation>
{
    public CreateInvitationValidator() => RuleFor(command => command.Email).IsEmail();
}
