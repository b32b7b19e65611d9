namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// No key set could be read yet, so that a token can be neither believed nor refused. A request that it ends is answered 503.
/// </summary>
public sealed class TokenKeysUnavailableException() : Exception("The keys by which access tokens are verified have not been read yet.");
