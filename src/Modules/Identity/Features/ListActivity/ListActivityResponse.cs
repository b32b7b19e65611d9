using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Features.ListActivity;

/// <summary>Something that happened to the user's account.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When it happened.</param>
/// <param name="Action">What happened, as the catalogue of actions names it.</param>
/// <param name="Outcome"><c>succeeded</c> or <c>refused</c>.</param>
/// <param name="By">
/// <c>self</c>, <c>staff</c> (a moderator, an admin or the operator), or <c>unknown</c>: somebody who was not signed in, or
/// another account that has proved the address.
/// </param>
/// <param name="SessionId">The session that did it, or that it was done to. Of what staff did: only a session that they ended.</param>
/// <param name="Client">The network that the request came from; null for what staff did.</param>
/// <param name="Details">Why or what, as fixed words, such as <c>signed_out</c> or <c>member:moderator</c>.</param>
internal sealed record ActivityResponse(
    [property: Range(1, long.MaxValue), Example("512")] long Id,
    DateTimeOffset At,
    [property: MaxLength(40), Example("\"sign_in\"")] string Action,
    [property: AllowedValues("succeeded", "refused"), Example("\"succeeded\"")] string Outcome,
    [property: AllowedValues("self", "staff", "unknown"), Example("\"self\"")] string By,
    [property: Range(1, long.MaxValue), Example("12")] long? SessionId,
    [property: MaxLength(64), Example("\"203.0.113.0/24\"")] string? Client,
    [property: MaxLength(100), Example("\"signed_out\"")] string? Details
);

[JsonSerializable(typeof(ListResponse<ActivityResponse>))]
internal sealed partial class ListActivityResponseJson : JsonSerializerContext;
