using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Naming;

namespace Kumiko.Identity.Features.GetUser;

/// <summary>A user, as everybody sees it.</summary>
/// <param name="Id">The account's number.</param>
/// <param name="Username">The name.</param>
/// <param name="CreatedAt">When the account was made.</param>
internal sealed record ProfileResponse(
    [property: Range(1, long.MaxValue), Example("7")] long Id,
    [property: MaxLength(Names.MaxUsername), Example("\"hanako\"")] string Username,
    DateTimeOffset CreatedAt
);

[JsonSerializable(typeof(ProfileResponse))]
internal sealed partial class GetUserResponseJson : JsonSerializerContext;
