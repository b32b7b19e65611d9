using System.Text.Json.Serialization;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity;

/// <summary>What a signed-in client needs to go on.</summary>
/// <param name="AccessToken">Send it as <c>Authorization: Bearer ...</c>; an ES256 JWT.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until the access token expires.</param>
/// <param name="User">Who is signed in.</param>
internal sealed record TokenResponse(
    string AccessToken,
    [property: Example("\"Bearer\"")] string TokenType,
    [property: Example("600")] int ExpiresIn,
    UserResponse User)
{
    /// <summary>Spend it once at <c>/api/auth/refresh</c>. Left out where it is in the cookie.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RefreshToken { get; init; }

    public static TokenResponse Of(string accessToken, UserRow user) =>
        new(accessToken, "Bearer", (int)AccessTokens.Lifetime.TotalSeconds, user.ToResponse());
}
