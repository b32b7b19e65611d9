namespace Kumiko.Identity.Features.ListActivity;

internal sealed class ListActivityValidator : AbstractValidator<ListActivity>
{
    public ListActivityValidator() =>
        RuleFor(query => query.Limit)
            .InclusiveBetween(1, ListActivity.MaxLimit)
            .WithMessage($"A page has 1 to {ListActivity.MaxLimit} items.");
}
