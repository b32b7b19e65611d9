using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Features.SignOut;

/// <summary>The session to end: that of the access token, or else that of the refresh token in the body or the cookie.</summary>
internal sealed record SignOutRequest
{
    /// <summary>The refresh token, if it was delivered in a body and there is no access token.</summary>
    [MaxLength(Tokens.RefreshToken.MaxLength), Example("\"ZJ0bX2V2cQ9n3kq0mS7v1r8tYw5uHdG4aLxPe6fRiCo\"")]
    public string? RefreshToken { get; init; }
}

[JsonSerializable(typeof(SignOutRequest))]
internal sealed partial class SignOutRequestJson : JsonSerializerContext;
