using FluentValidation;
using Kumiko.BuildingBlocks.Validation;

namespace Kumiko.Posts.Features.ListPosts;

internal sealed class ListPostsValidator : AbstractValidator<ListPostsRequest>
{
    public ListPostsValidator()
    {
        RuleFor(request => request.Limit).InclusiveBetween(1, ListPostsRequest.LargestLimit).WithMessage($"A page has 1 to {ListPostsRequest.LargestLimit} items.");
        RuleFor(request => request.Q).Must(q => q is null || UnicodeText.Length(q) <= ListPostsRequest.LongestSearch).WithMessage($"A search has at most {ListPostsRequest.LongestSearch} characters.");
    }
}
