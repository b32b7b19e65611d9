using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;

namespace Kumiko.Identity.Features.UpdateMe;

/// <summary>What to change of the account; what is left out or null stays.</summary>
internal sealed record UpdateMeRequest
{
    /// <summary>
    /// The new name, by the rules of a new account. Nobody else can take the old name for 90 days; you can go back to it.
    /// </summary>
    [Length(Names.MinUsername, Names.MaxUsername), Example("\"hanako\"")]
    public string? Username { get; init; }

    /// <summary>
    /// The new e-mail address. It is the account's <c>pending_email</c> until it is proved by the link of the mail that it gets; send
    /// the current address to cancel the change.
    /// </summary>
    [EmailAddress, MaxLength(EmailAddresses.MaxLength), Example("\"hanako@example.com\"")]
    public string? Email { get; init; }

    /// <summary>
    /// The account's password; a new e-mail address needs it, unless the access token shows a sign-in of the last 10 minutes with a second
    /// factor or a passkey and none was added in the last 72 hours. A new name does not.
    /// </summary>
    [MaxLength(PasswordRules.MaxPassword), Example("\"seven pine needles\"")]
    public string? CurrentPassword { get; init; }
}

[JsonSerializable(typeof(UpdateMeRequest))]
internal sealed partial class UpdateMeRequestJson : JsonSerializerContext;
