using Kumiko.BuildingBlocks.Paging;

namespace Kumiko.Identity.Features.ListPasskeys;

internal sealed class ListPasskeysValidator : AbstractValidator<ListPasskeys>
{
    public ListPasskeysValidator() => RuleFor(query => query.Limit).IsLimit();
}
