using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Passwords;

namespace Kumiko.Identity.Features.DeleteMe;

/// <summary>The owner's confirmation that the account is to be deleted.</summary>
internal sealed record DeleteMeRequest
{
    /// <summary>The account's password.</summary>
    [Required, Length(1, PasswordRules.MaxPassword), Example("\"seven pine needles\"")]
    public string? Password { get; init; }
}

[JsonSerializable(typeof(DeleteMeRequest))]
internal sealed partial class DeleteMeRequestJson : JsonSerializerContext;
