namespace Kumiko.Identity.Features.ListSessions;

internal sealed class ListSessionsValidator : AbstractValidator<ListSessions>
{
    public ListSessionsValidator() =>
        RuleFor(query => query.Limit)
            .InclusiveBetween(1, ListSessions.MaxLimit)
            .WithMessage($"A page has 1 to {ListSessions.MaxLimit} items.");
}
