using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Features.ListSessions;

/// <summary>A place where the user is signed in.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Device">What the client called itself when it signed in (<c>User-Agent</c>).</param>
/// <param name="Address">The network address that it signed in from.</param>
/// <param name="CreatedAt">When it signed in.</param>
/// <param name="LastUsedAt">When it last got new tokens.</param>
/// <param name="Current">Whether it is the session of the access token that asks.</param>
internal sealed record SessionResponse(
    [property: Range(1, long.MaxValue), Example("12")] long Id,
    [property: MaxLength(255), Example("\"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\"")] string? Device,
    [property: MaxLength(64), Example("\"203.0.113.7\"")] string? Address,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    [property: Example("true")] bool Current
);

[JsonSerializable(typeof(ListResponse<SessionResponse>))]
internal sealed partial class ListSessionsResponseJson : JsonSerializerContext;
