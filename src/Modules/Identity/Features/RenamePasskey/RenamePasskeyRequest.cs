using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.RenamePasskey;

/// <summary>The new name of a passkey.</summary>
internal sealed record RenamePasskeyRequest
{
    /// <summary>1 to 64 visible characters and spaces.</summary>
    [Required, Length(1, PasskeyRules.MaxName), Example("\"Work laptop\"")]
    public string? Name { get; init; }
}

[JsonSerializable(typeof(RenamePasskeyRequest))]
internal sealed partial class RenamePasskeyRequestJson : JsonSerializerContext;
