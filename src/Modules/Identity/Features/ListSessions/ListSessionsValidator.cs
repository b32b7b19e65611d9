namespace Kumiko.Identity.Features.ListSessions;

internal sealed class ListSessionsValidator : AbstractValidator<ListSessionsRequest>
{
    public ListSessionsValidator() =>
        RuleFor(request => request.Limit)
            .InclusiveBetween(1, ListSessionsRequest.MaxLimit)
            .WithMessage($"A page has 1 to {ListSessionsRequest.MaxLimit} items.");
}
