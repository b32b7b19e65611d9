using Kumiko.Identity.Passwords;

namespace Kumiko.Identity.Features.DeleteMe;

internal sealed class DeleteMeValidator : AbstractValidator<DeleteMeRequest>
{
    public DeleteMeValidator() => RuleFor(request => request.Password).IsPassword();
}
