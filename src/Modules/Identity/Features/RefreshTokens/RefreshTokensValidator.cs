using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.RefreshTokens;

internal sealed class RefreshTokensValidator : AbstractValidator<RefreshTokens>
{
    public RefreshTokensValidator() => RuleFor(command => command.RefreshToken).IsRefreshToken();
}
