namespace Kumiko.Identity.Users;

/// <summary>What is needed to ask a user for the password.</summary>
internal sealed record AccountRow
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    public string Username { get; init; } = "";
    public string EmailKey { get; init; } = "";
    public string PasswordHash { get; init; } = "";

    /// <summary>Whether somebody signed in to it before from where the request comes from.</summary>
    public bool KnowsDevice { get; init; }
}
