namespace Kumiko.BuildingBlocks.Web;

/// <summary>Marks an endpoint that honours <c>Idempotency-Key</c>.</summary>
public sealed record IdempotentMetadata;
