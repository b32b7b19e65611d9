namespace Kumiko.Identity.Features.SignOut;

internal sealed class SignOutValidator : AbstractValidator<SignOut>
{
    // An upper bound before hashing. The handler rejects anything that is not a refresh token with a 401.
    private const int MaxLength = 4_096;

    public SignOutValidator() =>
        RuleFor(command => command.RefreshToken).MaximumLength(MaxLength).WithMessage("This is too long for a refresh token.");
}
