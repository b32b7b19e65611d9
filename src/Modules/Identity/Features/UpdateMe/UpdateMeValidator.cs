using Kumiko.Identity.Passwords;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.UpdateMe;

internal sealed class UpdateMeValidator : AbstractValidator<UpdateMeRequest>
{
    public UpdateMeValidator()
    {
        When(request => request.Email is not null, () => RuleFor(request => request.Email).IsEmail());
        When(request => request.Username is not null, () => RuleFor(request => request.Username).IsUsername());
        When(request => !string.IsNullOrEmpty(request.CurrentPassword), () => RuleFor(request => request.CurrentPassword).IsPassword());
    }
}
