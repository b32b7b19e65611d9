namespace Kumiko.BuildingBlocks.Idempotency;

/// <summary>What was answered before to a request with the same <c>Idempotency-Key</c>.</summary>
/// <param name="First">The first answer; null if this request is the first.</param>
public readonly record struct IdempotentAnswer<T>(T? First)
    where T : class;
