using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Audit;

namespace Kumiko.Identity.Features.ListAuditEntries;

internal sealed class ListAuditEntriesValidator : AbstractValidator<ListAuditEntries>
{
    public ListAuditEntriesValidator()
    {
        RuleFor(query => query.Limit).IsLimit();
        RuleFor(query => query.Actor).GreaterThanOrEqualTo(1).WithMessage("An id is 1 or more.");
        RuleFor(query => query.Subject).GreaterThanOrEqualTo(1).WithMessage("An id is 1 or more.");
        RuleFor(query => query.Action)
            .Must(action => action is null || AuditActions.Exists(action))
            .WithMessage($"Unknown action. Use one of: {string.Join(", ", AuditActions.All)}.");
    }
}
