using System.Globalization;
using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Naming;
using Mapster;

namespace Kumiko.Identity.Users;

/// <summary>A user as stored in the database, without the password's hash.</summary>
internal sealed record UserRow
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    public string Username { get; init; } = "";
    public bool EmailVerified { get; init; }
    public string Role { get; init; } = "";

    /// <summary>Whether signing in takes a code as well as the password.</summary>
    public bool SecondFactor { get; init; }

    /// <summary>How many passkeys the user has.</summary>
    public int Passkeys { get; init; }

    /// <summary>
    /// Whether the account has more than its password. A passkey is multi-factor by itself (WebAuthn, 4: user verification).
    /// </summary>
    public bool HasMultipleFactors => SecondFactor || Passkeys > 0;

    /// <summary>The address that the user wants to have and has not proved yet.</summary>
    public string? PendingEmail { get; init; }

    /// <summary>The language of mails to the user; null until it is known.</summary>
    public string? Language { get; init; }

    public long Version { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    // What the unique indexes compare.
    public string EmailKey => EmailAddresses.Key(Email);
    public string UsernameKey => Names.Key(Username);
    public string UsernameSkeleton => Names.Skeleton(Username);

    /// <summary>The entity tag. It includes the account's id, so that a cache cannot confuse two accounts.</summary>
    public string Tag => EntityTags.Of(Version, string.Create(CultureInfo.InvariantCulture, $"user {Id}"));

    /// <summary>
    /// Whether this stands for an account that does not exist, so that a request that must not reveal this does the same work.
    /// </summary>
    public bool IsNobody => Id < 0;

    /// <summary>Stands for an account that does not exist, or whose owner gets no mail.</summary>
    public static UserRow Nobody(string email) =>
        new()
        {
            Id = -1 - RandomNumberGenerator.GetInt32(int.MaxValue),
            Email = email,
            Username = "nobody",
        };

    /// <summary>How stored answers name an account.</summary>
    public static string Resource(long id) => $"user:{id}";

    public UserResponse ToResponse() => TypeAdapter<UserRow, UserResponse>.Map(this);
}
