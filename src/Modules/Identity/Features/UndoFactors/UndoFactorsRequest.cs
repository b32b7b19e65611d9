using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Secrets;

namespace Kumiko.Identity.Features.UndoFactors;

/// <summary>The proof that the user got the mail that reported what was added.</summary>
internal sealed record UndoFactorsRequest
{
    /// <summary>The token of the link: what follows <c>#token=</c>. It can be used once.</summary>
    [Required, Length(1, SecretRules.MaxLength), Example("\"bWFwbGUgbGVhdmVzIGFuZCBwaW5lIG5lZWRsZXMgICA\"")]
    public string? Token { get; init; }
}

/// <summary>What comes next: a new password.</summary>
/// <param name="ResetToken">The token with which the owner chooses a new password, for 30 minutes.</param>
internal sealed record UndoFactorsResponse(
    [property: Length(1, SecretRules.MaxLength), Example("\"bWFwbGUgbGVhdmVzIGFuZCBwaW5lIG5lZWRsZXMgICA\"")] string ResetToken
);

[JsonSerializable(typeof(UndoFactorsRequest))]
[JsonSerializable(typeof(UndoFactorsResponse))]
internal sealed partial class UndoFactorsRequestJson : JsonSerializerContext;
