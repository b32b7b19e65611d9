using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Naming;

namespace Kumiko.Identity.Features.ListAuditEntries;

/// <summary>An entry of the audit trail.</summary>
/// <param name="Id">Its number; numbers follow one another without gaps.</param>
/// <param name="At">When it happened.</param>
/// <param name="Action">What happened, as the catalogue of actions names it.</param>
/// <param name="Outcome"><c>succeeded</c> or <c>refused</c>.</param>
/// <param name="ActorId">Who did it; null for somebody who was not signed in, for the operator, and for a deleted account.</param>
/// <param name="ActorName">The name that the actor has now.</param>
/// <param name="SubjectId">The account that it was done to; null for none, and for a deleted one.</param>
/// <param name="SubjectName">The name that the subject has now.</param>
/// <param name="SessionId">The session that did it, or that it was done to.</param>
/// <param name="Client">The network that the request came from.</param>
/// <param name="Details">Why or what, as fixed words, such as <c>signed_out</c> or <c>member:moderator</c>.</param>
/// <param name="Reason">Why, as the admin wrote it.</param>
internal sealed record AuditEntryResponse(
    [property: Range(1, long.MaxValue), Example("512")] long Id,
    DateTimeOffset At,
    [property: MaxLength(40), Example("\"role_change\"")] string Action,
    [property: AllowedValues("succeeded", "refused"), Example("\"succeeded\"")] string Outcome,
    [property: Range(1, long.MaxValue), Example("1")] long? ActorId,
    [property: MaxLength(Names.MaxUsername), Example("\"taro\"")] string? ActorName,
    [property: Range(1, long.MaxValue), Example("7")] long? SubjectId,
    [property: MaxLength(Names.MaxUsername), Example("\"hanako\"")] string? SubjectName,
    [property: Range(1, long.MaxValue), Example("12")] long? SessionId,
    [property: MaxLength(64), Example("\"203.0.113.0/24\"")] string? Client,
    [property: MaxLength(100), Example("\"member:moderator\"")] string? Details,
    [property: MaxLength(AdminRules.MaxReason), Example("\"Helps to keep the board clean.\"")] string? Reason
);

[JsonSerializable(typeof(ListResponse<AuditEntryResponse>))]
internal sealed partial class ListAuditEntriesResponseJson : JsonSerializerContext;
