using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Validates access tokens, and remembers which key verified the signature of a valid one, so that the next request with the same text
/// skips that. Everything else is decided again on each request.
/// </summary>
internal sealed class RememberingTokenHandler(ITokenKeys keys, TimeProvider clock) : JsonWebTokenHandler, IDisposable
{
    // About 12 MB. Beyond that, further tokens are verified on each request.
    private const int Max = 10_000;

    private readonly MemoryCache _verified = new(new MemoryCacheOptions { SizeLimit = Max });

    internal int Remembered => _verified.Count;

    /// <inheritdoc />
    public override async Task<TokenValidationResult> ValidateTokenAsync(
        SecurityToken token,
        TokenValidationParameters validationParameters
    )
    {
        var jwt = (JsonWebToken)token;
        // A key that was withdrawn, or replaced under the same id, verified nothing.
        if (_verified.Get<SecurityKey>(jwt.EncodedToken) is { } key && key == keys.Find(key.KeyId))
        {
            validationParameters = validationParameters.Clone();
            validationParameters.SignatureValidator = (_, _) => jwt;
            return await base.ValidateTokenAsync(jwt, validationParameters);
        }

        var result = await base.ValidateTokenAsync(jwt, validationParameters);
        // Invalid tokens never get here, so no flood of them can fill the memory.
        if (result.IsValid && jwt.ValidTo - clock.GetUtcNow().UtcDateTime is { Ticks: > 0 } left)
            _verified.Set(
                jwt.EncodedToken,
                jwt.SigningKey,
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = left }
            );
        return result;
    }

    /// <inheritdoc />
    public void Dispose() => _verified.Dispose();
}
