namespace Kumiko.Identity.Attempts;

/// <summary>An attempt and the limit that it counts towards.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Bucket">The row that holds the count.</param>
internal sealed record Attempt(AttemptLimit Limit, byte[] Bucket);
