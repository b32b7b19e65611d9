using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Naming;

namespace Kumiko.Identity.Users;

/// <summary>An account, as its owner sees it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Email">The e-mail address as it was entered.</param>
/// <param name="Username">The name that everybody sees.</param>
/// <param name="EmailVerified">Whether the address is proved to be the owner's.</param>
/// <param name="PendingEmail">The address that replaces the e-mail address as soon as it is proved; null if there is none.</param>
/// <param name="Role"><c>member</c>, <c>moderator</c> or <c>admin</c>.</param>
/// <param name="SecondFactor">Whether signing in takes a code of an authenticator app, too.</param>
/// <param name="Passkeys">How many passkeys the account has.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record UserResponse(
    [property: Range(1, long.MaxValue), Example("7")] long Id,
    [property: EmailAddress, MaxLength(EmailAddresses.MaxLength), Example("\"hanako@example.com\"")] string Email,
    [property: MaxLength(Names.MaxUsername), Example("\"hanako\"")] string Username,
    [property: Example("false")] bool EmailVerified,
    [property: EmailAddress, MaxLength(EmailAddresses.MaxLength), Example("\"hanako@example.org\"")] string? PendingEmail,
    [property: AllowedValues(Roles.Member, Roles.Moderator, Roles.Admin), Example("\"member\"")] string Role,
    [property: Example("false")] bool SecondFactor,
    [property: Range(0, int.MaxValue), Example("1")] int Passkeys,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);

[JsonSerializable(typeof(UserResponse))]
internal sealed partial class UserResponseJson : JsonSerializerContext;
