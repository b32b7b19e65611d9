using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Keys;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Tokens;

/// <summary>What a signed-in client needs to continue.</summary>
/// <param name="AccessToken">Send it as <c>Authorization: Bearer ...</c>; an ES256 JWT.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until the access token expires.</param>
/// <param name="User">Who is signed in.</param>
internal sealed record TokenResponse(
    [property:
        RegularExpression("^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$"),
        Example("\"eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl\"")
    ]
        string AccessToken,
    [property: AllowedValues("Bearer"), Example("\"Bearer\"")] string TokenType,
    [property: Range(1, 600), Example("600")] int ExpiresIn,
    UserResponse User
)
{
    /// <summary>Spend it once at <c>/api/auth/refresh</c>. Left out where it is in the cookie.</summary>
    [
        JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull),
        RegularExpression("^[A-Za-z0-9_-]+$"),
        Example("\"ZJ0bX2V2cQ9n3kq0mS7v1r8tYw5uHdG4aLxPe6fRiCo\"")
    ]
    public string? RefreshToken { get; init; }

    /// <summary>The response to a client that has its refresh token, or gets it in the cookie.</summary>
    public static TokenResponse Of(string accessToken, UserRow user) =>
        new(accessToken, "Bearer", (int)TokenLifetimes.AccessToken.TotalSeconds, user.ToResponse());
}

[JsonSerializable(typeof(TokenResponse))]
internal sealed partial class TokenResponseJson : JsonSerializerContext;
