using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.SignIn;

/// <summary>The e-mail address and the password to sign in with.</summary>
internal sealed record SignInRequest
{
    /// <summary>The account's e-mail address, in any case.</summary>
    [Required, Length(1, EmailAddresses.MaxLength), Example("\"hanako@example.com\"")]
    public string? Email { get; init; }

    /// <summary>The account's password.</summary>
    [Required, Length(1, PasswordRules.MaxPassword), Example("\"seven pine needles\"")]
    public string? Password { get; init; }

    /// <summary>
    /// For an account with a second factor: the six digits that its authenticator app shows, or a recovery code. Each is accepted once.
    /// </summary>
    [MaxLength(SecondFactor.MaxCode), Example("\"492039\"")]
    public string? TotpCode { get; init; }

    /// <summary>Where the refresh token goes: <c>cookie</c> (if left out) for browsers, <c>body</c> for other clients.</summary>
    [AllowedValues(Tokens.TokenDelivery.InCookie, Tokens.TokenDelivery.InBody, null), Example("\"cookie\"")]
    public string? TokenDelivery { get; init; }
}

[JsonSerializable(typeof(SignInRequest))]
internal sealed partial class SignInRequestJson : JsonSerializerContext;
