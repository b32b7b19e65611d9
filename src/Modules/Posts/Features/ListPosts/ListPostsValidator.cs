using Kumiko.BuildingBlocks.Paging;
using Kumiko.BuildingBlocks.Validation;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.ListPosts;

internal sealed class ListPostsValidator : AbstractValidator<ListPosts>
{
    public ListPostsValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(query => query.Limit).IsLimit();
        RuleFor(query => query.UserId).GreaterThanOrEqualTo(1).WithMessage("An id is 1 or more.");
        RuleFor(query => query.Q)
            .Must(q => q is null || q.Length <= SearchQuery.MaxLength)
            .IsReadable()
            .WithMessage($"A search has at most {SearchQuery.MaxLength} characters.")
            .Must(q => q is null || q.WordCount <= SearchQuery.MaxWords)
            .IsReadable()
            .WithMessage($"A search has at most {SearchQuery.MaxWords} words.");
    }
}
