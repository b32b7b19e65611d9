using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Secrets;

namespace Kumiko.Identity.Features.ResetPassword;

/// <summary>The proof that the user reads the mails to the account's address, and the new password.</summary>
internal sealed record ResetPasswordRequest
{
    /// <summary>The token of the link: what follows <c>#token=</c>. It can be used once.</summary>
    [Required, Length(1, SecretRules.MaxLength), Example("\"bWFwbGUgbGVhdmVzIGFuZCBwaW5lIG5lZWRsZXMgICA\"")]
    public string? Token { get; init; }

    /// <summary>
    /// 8 to 128 characters, any of them, but none of the common passwords, nor one made of the name, the address or the name of this site.
    /// </summary>
    [Required, Length(PasswordRules.MinPassword, PasswordRules.MaxPassword), Example("\"eight maple leaves\"")]
    public string? NewPassword { get; init; }

    /// <summary>
    /// For an account with a second factor: the six digits that its authenticator app shows, or a recovery code. Each is accepted once.
    /// </summary>
    [MaxLength(SecondFactor.MaxCode), Example("\"492039\"")]
    public string? TotpCode { get; init; }
}

[JsonSerializable(typeof(ResetPasswordRequest))]
internal sealed partial class ResetPasswordRequestJson : JsonSerializerContext;
