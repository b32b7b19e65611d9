namespace Kumiko.BuildingBlocks.Idempotency;

/// <summary>What a request with an <c>Idempotency-Key</c> created.</summary>
/// <param name="Resource">The new resource.</param>
/// <param name="Tag">Its entity tag.</param>
/// <param name="IsReplayed">Whether an earlier request with the same key created it.</param>
public sealed record IdempotentAnswer<T>(T Resource, string Tag, bool IsReplayed = false);
