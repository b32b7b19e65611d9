using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Naming;

namespace Kumiko.Identity.Features.CreateInvitation;

/// <summary>Somebody to invite.</summary>
internal sealed record CreateInvitationRequest
{
    /// <summary>The address that gets the mail, and that the account will have.</summary>
    [Required, EmailAddress, MaxLength(EmailAddresses.MaxLength), Example("\"hanako@example.com\"")]
    public string? Email { get; init; }
}

[JsonSerializable(typeof(CreateInvitationRequest))]
internal sealed partial class CreateInvitationRequestJson : JsonSerializerContext;
