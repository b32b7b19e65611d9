using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.CreatePost;

internal sealed class CreatePostValidator : AbstractValidator<CreatePost>
{
    public CreatePostValidator() => RuleFor(command => command.Content).IsPostContent();
}
