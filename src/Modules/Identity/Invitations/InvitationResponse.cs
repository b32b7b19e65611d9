using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Naming;

namespace Kumiko.Identity.Invitations;

/// <summary>An invitation that was not used yet.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Email">The address that it was sent to.</param>
/// <param name="InvitedBy">The number of the admin who sent it; null once that account is deleted.</param>
/// <param name="InvitedByUsername">The admin's name.</param>
/// <param name="CreatedAt">When it was sent.</param>
/// <param name="ExpiresAt">When it stops working.</param>
internal sealed record InvitationResponse(
    [property: Range(1, long.MaxValue), Example("3")] long Id,
    [property: EmailAddress, MaxLength(EmailAddresses.MaxLength), Example("\"hanako@example.com\"")] string Email,
    [property: Range(1, long.MaxValue), Example("7")] long? InvitedBy,
    [property: MaxLength(Names.MaxUsername), Example("\"kumiko\"")] string? InvitedByUsername,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt
);

[JsonSerializable(typeof(InvitationResponse))]
[JsonSerializable(typeof(ListResponse<InvitationResponse>))]
internal sealed partial class InvitationResponseJson : JsonSerializerContext;
