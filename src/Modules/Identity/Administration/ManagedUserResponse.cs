using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Administration;

/// <summary>An account, as admins see it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Email">The e-mail address as it was entered.</param>
/// <param name="Username">The name that everybody sees.</param>
/// <param name="EmailVerified">Whether the address is proved to be the owner's.</param>
/// <param name="Role"><c>member</c>, <c>moderator</c> or <c>admin</c>.</param>
/// <param name="Disabled">Whether an admin has disabled the account.</param>
/// <param name="DisabledAt">When the account was disabled; null if it isn't.</param>
/// <param name="DisabledReason">The reason that the admin gave; null if there is none.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record ManagedUserResponse(
    [property: Range(1, long.MaxValue), Example("7")] long Id,
    [property: EmailAddress, MaxLength(EmailAddresses.MaxLength), Example("\"hanako@example.com\"")] string Email,
    [property: MaxLength(Names.MaxUsername), Example("\"hanako\"")] string Username,
    [property: Example("false")] bool EmailVerified,
    [property: AllowedValues(Roles.Member, Roles.Moderator, Roles.Admin), Example("\"member\"")] string Role,
    [property: Example("true")] bool Disabled,
    DateTimeOffset? DisabledAt,
    [property: MaxLength(AdminRules.MaxReason), Example("\"Sends advertisements.\"")] string? DisabledReason,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);

[JsonSerializable(typeof(ManagedUserResponse))]
[JsonSerializable(typeof(ListResponse<ManagedUserResponse>))]
internal sealed partial class ManagedUserResponseJson : JsonSerializerContext;
