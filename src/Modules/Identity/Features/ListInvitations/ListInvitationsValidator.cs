using Kumiko.BuildingBlocks.Paging;

namespace Kumiko.Identity.Features.ListInvitations;

internal sealed class ListInvitationsValidator : AbstractValidator<ListInvitations>
{
    public ListInvitationsValidator() => RuleFor(query => query.Limit).IsLimit();
}
