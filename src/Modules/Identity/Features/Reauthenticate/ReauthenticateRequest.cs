using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.Reauthenticate;

/// <summary>Confirms the user's identity: send one of them.</summary>
internal sealed record ReauthenticateRequest
{
    /// <summary>The account's password, if it has neither a second factor nor a passkey.</summary>
    [MaxLength(PasswordRules.MaxPassword), Example("\"seven pine needles\"")]
    public string? Password { get; init; }

    /// <summary>The six digits that the authenticator app shows, or a recovery code.</summary>
    [MaxLength(SecondFactor.MaxCode), Example("\"492039\"")]
    public string? TotpCode { get; init; }

    /// <summary>The answer to the options of <c>POST /api/auth/passkeys/login/begin</c>, by a passkey of the account.</summary>
    public PasskeyAssertionRequest Passkey { get; init; } = new();
}

[JsonSerializable(typeof(ReauthenticateRequest))]
internal sealed partial class ReauthenticateRequestJson : JsonSerializerContext;
