using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.CreatePost;

internal sealed class CreatePostValidator : AbstractValidator<CreatePostRequest>
{
    public CreatePostValidator() => RuleFor(request => request.Content).IsPostContent();
}
