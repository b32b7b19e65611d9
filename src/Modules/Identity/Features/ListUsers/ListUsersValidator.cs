using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ListUsers;

internal sealed class ListUsersValidator : AbstractValidator<ListUsers>
{
    public ListUsersValidator()
    {
        RuleFor(query => query.Limit).IsLimit();
        RuleFor(query => query.Q)
            .MaximumLength(EmailAddresses.MaxLength)
            .WithMessage($"A search has at most {EmailAddresses.MaxLength} characters.");
        RuleFor(query => query.Role)
            .Must(role => role is null || Roles.Exists(role))
            .WithMessage("A role is 'member', 'moderator' or 'admin'.");
    }
}
