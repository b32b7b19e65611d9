using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Secrets;

namespace Kumiko.Identity.Features.RegisterUser;

/// <summary>A new account.</summary>
internal sealed record RegisterUserRequest
{
    /// <summary>An e-mail address that no other account has, whatever its case and whether its domain is in Unicode or in ASCII.</summary>
    [Required, EmailAddress, MaxLength(EmailAddresses.MaxLength), Example("\"hanako@example.com\"")]
    public string? Email { get; init; }

    /// <summary>
    /// The name that everybody sees: 3 to 32 letters of one script (any; Japanese, Korean and Chinese writing count as one each), digits,
    /// <c>_</c>, <c>-</c> and <c>.</c>, all visible, at most two marks on a letter, and at least one letter or digit. No other account has
    /// it, whatever its case, nor one that looks like it; some are reserved, and one that was given up stays its owner's for 90 days.
    /// </summary>
    [Required, Length(Names.MinUsername, Names.MaxUsername), Example("\"hanako\"")]
    public string? Username { get; init; }

    /// <summary>
    /// 8 to 128 characters, any of them, but none of the common passwords, nor one made of the name, the address or the name of this site.
    /// </summary>
    [Required, Length(PasswordRules.MinPassword, PasswordRules.MaxPassword), Example("\"seven pine needles\"")]
    public string? Password { get; init; }

    /// <summary>
    /// The token of an invitation: what follows <c>#token=</c> in the link of its mail. It can be used once, for the address that it was
    /// sent to, which needs no other proof.
    /// </summary>
    [MaxLength(SecretRules.MaxLength), Example("\"bWFwbGUgbGVhdmVzIGFuZCBwaW5lIG5lZWRsZXMgICA\"")]
    public string? Invitation { get; init; }
}

[JsonSerializable(typeof(RegisterUserRequest))]
internal sealed partial class RegisterUserRequestJson : JsonSerializerContext;
