using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Features.RefreshTokens;

/// <summary>The refresh token to exchange; without it, the one in the cookie is used.</summary>
internal sealed record RefreshTokensRequest
{
    /// <summary>The refresh token, if it was delivered in a body.</summary>
    [MaxLength(Tokens.RefreshToken.MaxLength), Example("\"ZJ0bX2V2cQ9n3kq0mS7v1r8tYw5uHdG4aLxPe6fRiCo\"")]
    public string? RefreshToken { get; init; }
}

[JsonSerializable(typeof(RefreshTokensRequest))]
internal sealed partial class RefreshTokensRequestJson : JsonSerializerContext;
