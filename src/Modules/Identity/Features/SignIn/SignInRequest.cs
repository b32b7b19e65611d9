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

    /// <summary>
    /// Whether to stay signed in; yes if left out. If not, the browser forgets the cookie when it is closed, and the session ends when it
    /// is unused for hours, not days.
    /// </summary>
    [Example("true")]
    public bool? Remember { get; init; }

    /// <summary>
    /// Whether to send the mail again that proves the account's address, if the answer is that it has to be proved first. Only the right
    /// password sends it.
    /// </summary>
    [Example("false")]
    public bool? ResendVerification { get; init; }
}

[JsonSerializable(typeof(SignInRequest))]
internal sealed partial class SignInRequestJson : JsonSerializerContext;
