using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Passkeys;

/// <summary>A passkey, as its owner sees it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What the owner calls it.</param>
/// <param name="BackedUp">Whether it is on other devices, too, so that it outlives this one.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used; null if it never was.</param>
internal sealed record PasskeyResponse(
    [property: Range(1, long.MaxValue), Example("3")] long Id,
    [property: MaxLength(PasskeyRules.MaxName), Example("\"Firefox, Linux\"")] string Name,
    [property: Example("true")] bool BackedUp,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt
);

[JsonSerializable(typeof(PasskeyResponse))]
internal sealed partial class PasskeyResponseJson : JsonSerializerContext;
