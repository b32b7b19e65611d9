namespace Kumiko.BuildingBlocks.Security;

/// <summary>No key set has been read yet, so that a token can be neither accepted nor refused. The request is answered 503.</summary>
public sealed class TokenKeysUnavailableException() : Exception("The keys by which access tokens are verified have not been read yet.");
