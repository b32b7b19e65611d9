using Kumiko.BuildingBlocks.Text;
using Kumiko.BuildingBlocks.Validation;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.ListPosts;

internal sealed class ListPostsValidator : AbstractValidator<ListPosts>
{
    public ListPostsValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(query => query.Limit).InclusiveBetween(1, ListPosts.MaxLimit).WithMessage($"A page has 1 to {ListPosts.MaxLimit} items.");
        RuleFor(query => query.UserId).GreaterThanOrEqualTo(1).WithMessage("An id is 1 or more.");
        RuleFor(query => query.Q)
            .Must(q => q is null || UnicodeText.Length(q) <= ListPosts.MaxSearch)
            .IsReadable()
            .WithMessage($"A search has at most {ListPosts.MaxSearch} characters.")
            .Must(q => q is null || SearchText.Words(q) <= ListPosts.MaxWords)
            .IsReadable()
            .WithMessage($"A search has at most {ListPosts.MaxWords} words.");
    }
}
