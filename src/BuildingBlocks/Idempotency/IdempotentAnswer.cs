namespace Kumiko.BuildingBlocks.Idempotency;

/// <summary>The response that an earlier request with the same <c>Idempotency-Key</c> received.</summary>
/// <param name="First">The first response; null if this request is the first.</param>
public readonly record struct IdempotentAnswer<T>(T? First)
    where T : class;
