using Kumiko.BuildingBlocks.Paging;

namespace Kumiko.Identity.Features.ListActivity;

internal sealed class ListActivityValidator : AbstractValidator<ListActivity>
{
    public ListActivityValidator() => RuleFor(query => query.Limit).IsLimit();
}
