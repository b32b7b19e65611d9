using System.Globalization;
using Kumiko.BuildingBlocks.Versions;

namespace Kumiko.Identity.Invitations;

/// <summary>An invitation as stored in the database, without its secret.</summary>
internal sealed record InvitationRow
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    public long? InvitedBy { get; init; }

    /// <summary>The admin's current name; null once that account is deleted.</summary>
    public string? InvitedByUsername { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The entity tag. An invitation never changes.</summary>
    public string Tag => EntityTags.Of(1, string.Create(CultureInfo.InvariantCulture, $"invitation {Id}"));

    /// <summary>How stored answers name an invitation.</summary>
    public static string Resource(long id) => $"invitation:{id}";

    public InvitationResponse ToResponse() => new(Id, Email, InvitedBy, InvitedByUsername, CreatedAt, ExpiresAt);
}
