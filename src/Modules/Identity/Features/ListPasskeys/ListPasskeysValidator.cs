namespace Kumiko.Identity.Features.ListPasskeys;

internal sealed class ListPasskeysValidator : AbstractValidator<ListPasskeys>
{
    public ListPasskeysValidator() =>
        RuleFor(query => query.Limit)
            .InclusiveBetween(1, ListPasskeys.MaxLimit)
            .WithMessage($"A page has 1 to {ListPasskeys.MaxLimit} items.");
}
