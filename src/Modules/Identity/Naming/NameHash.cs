namespace Kumiko.Identity.Naming;

/// <summary>A name that was given up, as keyed hashes.</summary>
/// <param name="Name">The hash of the name.</param>
/// <param name="Skeleton">The hash of what it looks like.</param>
internal sealed record NameHash(byte[] Name, byte[] Skeleton);
