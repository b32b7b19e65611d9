using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Passwords;

namespace Kumiko.Identity.Features.ChangePassword;

/// <summary>The current password and the new one.</summary>
internal sealed record ChangePasswordRequest
{
    /// <summary>The current password.</summary>
    [Required, Length(1, PasswordRules.MaxPassword), Example("\"seven pine needles\"")]
    public string? CurrentPassword { get; init; }

    /// <summary>
    /// 8 to 128 characters, any of them, but not the old one, none of the common passwords, nor one made of the name, the address or the
    /// name of this site.
    /// </summary>
    [Required, Length(PasswordRules.MinPassword, PasswordRules.MaxPassword), Example("\"eight maple leaves\"")]
    public string? NewPassword { get; init; }

    /// <summary>Where the new refresh token goes: <c>cookie</c> (if left out) for browsers, <c>body</c> for other clients.</summary>
    [AllowedValues(Tokens.TokenDelivery.InCookie, Tokens.TokenDelivery.InBody, null), Example("\"cookie\"")]
    public string? TokenDelivery { get; init; }
}

[JsonSerializable(typeof(ChangePasswordRequest))]
internal sealed partial class ChangePasswordRequestJson : JsonSerializerContext;
