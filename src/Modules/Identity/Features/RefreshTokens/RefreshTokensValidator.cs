namespace Kumiko.Identity.Features.RefreshTokens;

internal sealed class RefreshTokensValidator : AbstractValidator<RefreshTokensRequest>
{
    // Whether it is a refresh token at all is the handler's to say, with a 401; this only keeps it from hashing a book.
    private const int MaxLength = 4_096;

    public RefreshTokensValidator() =>
        RuleFor(request => request.RefreshToken).MaximumLength(MaxLength).WithMessage("This is too long for a refresh token.");
}
