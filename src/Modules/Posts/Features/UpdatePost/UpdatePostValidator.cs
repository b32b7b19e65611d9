using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.UpdatePost;

internal sealed class UpdatePostValidator : AbstractValidator<UpdatePostRequest>
{
    public UpdatePostValidator() => RuleFor(request => request.Content).IsPostContent();
}
