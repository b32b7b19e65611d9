using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.UpdatePost;

internal sealed class UpdatePostValidator : AbstractValidator<UpdatePost>
{
    public UpdatePostValidator() => RuleFor(command => command.Content).IsPostContent();
}
