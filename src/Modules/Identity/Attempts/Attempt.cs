namespace Kumiko.Identity.Attempts;

/// <summary>Something that is about to be tried, and what it counts for.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Bucket">The row that counts.</param>
internal sealed record Attempt(AttemptLimit Limit, byte[] Bucket);
