namespace Kumiko.Identity;

/// <summary>What is needed to ask a user for the password.</summary>
internal sealed record AccountRow
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    public string Username { get; init; } = "";
    public string EmailKey { get; init; } = "";
    public string PasswordHash { get; init; } = "";
}
