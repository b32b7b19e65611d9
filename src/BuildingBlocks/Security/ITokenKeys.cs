using Microsoft.IdentityModel.Tokens;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// The published keys by which access tokens are verified. Identity gives them in its own process; elsewhere they are read over HTTP.
/// </summary>
public interface ITokenKeys
{
    /// <summary>The key of that id among those at hand, without waiting.</summary>
    SecurityKey? Find(string keyId);

    /// <summary>
    /// Looks again for a key that is not at hand: another instance may have published it. Called for junk ids too, so it is bounded.
    /// </summary>
    /// <exception cref="TokenKeysUnavailableException">There are no keys at all yet.</exception>
    ValueTask LookAgainAsync(string keyId, CancellationToken cancellationToken);
}
