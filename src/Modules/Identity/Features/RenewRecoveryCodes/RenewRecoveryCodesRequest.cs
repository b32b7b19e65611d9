using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.RenewRecoveryCodes;

/// <summary>The owner's confirmation that the recovery codes are to be replaced.</summary>
internal sealed record RenewRecoveryCodesRequest
{
    /// <summary>The account's password.</summary>
    [Required, Length(1, PasswordRules.MaxPassword), Example("\"seven pine needles\"")]
    public string? Password { get; init; }

    /// <summary>The six digits that the authenticator app shows, or a recovery code.</summary>
    [Required, Length(1, SecondFactor.MaxCode), Example("\"492039\"")]
    public string? TotpCode { get; init; }
}

[JsonSerializable(typeof(RenewRecoveryCodesRequest))]
internal sealed partial class RenewRecoveryCodesRequestJson : JsonSerializerContext;
