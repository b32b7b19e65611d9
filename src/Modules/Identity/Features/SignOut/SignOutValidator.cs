using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.SignOut;

internal sealed class SignOutValidator : AbstractValidator<SignOut>
{
    public SignOutValidator() => RuleFor(command => command.RefreshToken).IsRefreshToken();
}
