using FluentValidation;

namespace Kumiko.Identity.Features.ListSessions;

internal sealed class ListSessionsValidator : AbstractValidator<ListSessionsRequest>
{
    public ListSessionsValidator() =>
        RuleFor(request => request.Limit)
            .InclusiveBetween(1, ListSessionsRequest.LargestLimit)
            .WithMessage($"A page has 1 to {ListSessionsRequest.LargestLimit} items.");
}
