namespace Kumiko.Identity.Contracts;

/// <summary>One of the users of <see cref="UsersListed"/>.</summary>
/// <param name="UserId">The account's id.</param>
/// <param name="Username">The name that others see.</param>
/// <param name="Version">The account's version; it grows with each change.</param>
public sealed record ListedUser(long UserId, string Username, long Version);
