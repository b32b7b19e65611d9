namespace Kumiko.Identity.Users;

/// <summary>The account data that a password check needs.</summary>
internal sealed record AccountRow
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    public string Username { get; init; } = "";
    public string EmailKey { get; init; } = "";
    public string PasswordHash { get; init; } = "";

    /// <summary>Whether the address is proved.</summary>
    public bool EmailVerified { get; init; }

    /// <summary>Whether signing in takes a code as well as the password.</summary>
    public bool SecondFactor { get; init; }

    /// <summary>Whether the user has signed in before from the device that sends the request.</summary>
    public bool KnowsDevice { get; init; }

    /// <summary>Whether the user has signed in before from any device.</summary>
    public bool KnowsDevices { get; init; }
}
