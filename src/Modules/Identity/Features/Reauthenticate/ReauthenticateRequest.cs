using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.Reauthenticate;

/// <summary>The proof that it is still the user: one of the two.</summary>
internal sealed record ReauthenticateRequest
{
    /// <summary>The account's password, if it has no second factor.</summary>
    [MaxLength(PasswordRules.MaxPassword), Example("\"seven pine needles\"")]
    public string? Password { get; init; }

    /// <summary>The six digits that the authenticator app shows, or a recovery code.</summary>
    [MaxLength(SecondFactor.MaxCode), Example("\"492039\"")]
    public string? TotpCode { get; init; }
}

[JsonSerializable(typeof(ReauthenticateRequest))]
internal sealed partial class ReauthenticateRequestJson : JsonSerializerContext;
