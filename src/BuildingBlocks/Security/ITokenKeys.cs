using Microsoft.IdentityModel.Tokens;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// The published keys that verify access tokens. Identity provides them in its own process; other processes read them over HTTP.
/// </summary>
public interface ITokenKeys
{
    /// <summary>Returns the key with this id if it is already loaded, without waiting.</summary>
    SecurityKey? Find(string keyId);

    /// <summary>
    /// Reads the keys again to find one that is not loaded: another instance may have published it. Invalid ids cause this too, so the
    /// reads are limited.
    /// </summary>
    /// <exception cref="TokenKeysUnavailableException">No keys have been loaded yet.</exception>
    ValueTask ReloadAsync(string keyId, CancellationToken cancellationToken);
}
