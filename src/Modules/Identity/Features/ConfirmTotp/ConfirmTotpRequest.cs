using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.ConfirmTotp;

/// <summary>The first code of an authenticator app.</summary>
internal sealed record ConfirmTotpRequest
{
    /// <summary>The six digits that the app shows.</summary>
    [Required, Length(1, SecondFactor.MaxCode), Example("\"492039\"")]
    public string? Code { get; init; }
}

[JsonSerializable(typeof(ConfirmTotpRequest))]
internal sealed partial class ConfirmTotpRequestJson : JsonSerializerContext;
