using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kumiko.Demo.Api;

internal sealed record RegisterRequest(string Email, string Username, string Password);

internal sealed record LoginRequest(string Email, string Password, string TokenDelivery);

internal sealed record RefreshRequest(string RefreshToken);

internal sealed record TokensResponse(string AccessToken, int ExpiresIn, string RefreshToken);

internal sealed record UserResponse(long Id, string Username);

internal sealed record WritePostRequest(string Content);

internal sealed record PostResponse(long Id, string Content, long UserId, string? Username, DateTimeOffset CreatedAt);

internal sealed record PageResponse(IReadOnlyList<PostResponse> Items, string? NextCursor);

/// <summary>The shapes of the API, as far as the demonstration needs them.</summary>
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(TokensResponse))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(WritePostRequest))]
[JsonSerializable(typeof(PostResponse))]
[JsonSerializable(typeof(PageResponse))]
internal sealed partial class Wire : JsonSerializerContext
{
    /// <summary>Sends text as UTF-8 rather than as escapes, so that the original bytes are sent.</summary>
    public static Wire Utf8 { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
