using Kumiko.BuildingBlocks.Paging;

namespace Kumiko.Identity.Features.ListSessions;

internal sealed class ListSessionsValidator : AbstractValidator<ListSessions>
{
    public ListSessionsValidator() => RuleFor(query => query.Limit).IsLimit();
}
