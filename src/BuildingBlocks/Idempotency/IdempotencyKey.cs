namespace Kumiko.BuildingBlocks.Idempotency;

/// <summary>Identifies a request that the caller may send again without its taking effect twice.</summary>
public sealed class IdempotencyKey
{
    /// <summary>The value for a request without a key.</summary>
    public static readonly IdempotencyKey None = new(0, "", "", []);

    internal IdempotencyKey(long userId, string operation, string key, byte[] requestHash) =>
        (UserId, Operation, Key, RequestHash) = (userId, operation, key, requestHash);

    internal long UserId { get; }
    internal string Operation { get; }
    internal string Key { get; }
    internal byte[] RequestHash { get; }
}
