using Kumiko.BuildingBlocks.Text;
using Kumiko.BuildingBlocks.Validation;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.ListPosts;

internal sealed class ListPostsValidator : AbstractValidator<ListPostsRequest>
{
    public ListPostsValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(request => request.Limit)
            .InclusiveBetween(1, ListPostsRequest.MaxLimit)
            .WithMessage($"A page has 1 to {ListPostsRequest.MaxLimit} items.");
        RuleFor(request => request.UserId).GreaterThanOrEqualTo(1).WithMessage("An id is 1 or more.");
        RuleFor(request => request.Q)
            .Must(q => q is null || UnicodeText.Length(q) <= ListPostsRequest.MaxSearch)
            .IsReadable()
            .WithMessage($"A search has at most {ListPostsRequest.MaxSearch} characters.")
            .Must(q => q is null || SearchText.Words(q) <= ListPostsRequest.MaxWords)
            .IsReadable()
            .WithMessage($"A search has at most {ListPostsRequest.MaxWords} words.");
    }
}
