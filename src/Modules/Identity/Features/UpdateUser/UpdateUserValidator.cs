using Kumiko.BuildingBlocks.Text;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.UpdateUser;

internal sealed class UpdateUserValidator : AbstractValidator<UpdateUser>
{
    public UpdateUserValidator()
    {
        RuleFor(command => command.Role)
            .Must(role => role is null || Roles.Exists(role))
            .WithMessage("A role is 'member', 'moderator' or 'admin'.");
        RuleFor(command => command.Reason)
            .Cascade(CascadeMode.Stop)
            .Must(reason => reason is null || UnicodeText.Length(reason) <= AdminRules.MaxReason)
            .WithMessage($"A reason has at most {AdminRules.MaxReason} characters.")
            .Must(reason => reason is null || !reason.Any(char.IsControl))
            .WithMessage("A reason is one line, without control characters.");
    }
}
