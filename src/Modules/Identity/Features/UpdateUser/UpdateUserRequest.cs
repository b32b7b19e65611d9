using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.UpdateUser;

/// <summary>What to change of the account; what is left out or null stays.</summary>
internal sealed record UpdateUserRequest
{
    /// <summary>The new role: <c>member</c>, <c>moderator</c> (may delete anybody's posts) or <c>admin</c>.</summary>
    [AllowedValues(Roles.Member, Roles.Moderator, Roles.Admin, null), Example("\"moderator\"")]
    public string? Role { get; init; }

    /// <summary>Whether the account is disabled.</summary>
    [Example("false")]
    public bool? Disabled { get; init; }

    /// <summary>Why, for the audit trail and for other admins.</summary>
    [MaxLength(AdminRules.MaxReason), Example("\"Helps to keep the board clean.\"")]
    public string? Reason { get; init; }
}

[JsonSerializable(typeof(UpdateUserRequest))]
internal sealed partial class UpdateUserRequestJson : JsonSerializerContext;
