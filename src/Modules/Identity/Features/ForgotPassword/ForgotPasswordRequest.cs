using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Naming;

namespace Kumiko.Identity.Features.ForgotPassword;

/// <summary>The account whose password is forgotten.</summary>
internal sealed record ForgotPasswordRequest
{
    /// <summary>The e-mail address of the account.</summary>
    [Required, EmailAddress, MaxLength(EmailAddresses.MaxLength), Example("\"hanako@example.com\"")]
    public string? Email { get; init; }
}

[JsonSerializable(typeof(ForgotPasswordRequest))]
internal sealed partial class ForgotPasswordRequestJson : JsonSerializerContext;
