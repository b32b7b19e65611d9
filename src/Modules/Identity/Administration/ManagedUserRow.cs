using System.Globalization;
using Kumiko.BuildingBlocks.Versions;
using Mapster;

namespace Kumiko.Identity.Administration;

/// <summary>A user as admins see it.</summary>
internal sealed record ManagedUserRow
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    public string Username { get; init; } = "";
    public bool EmailVerified { get; init; }
    public string Role { get; init; } = "";
    public long Version { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }
    public string? DisabledReason { get; init; }

    public bool Disabled => DisabledAt is not null;

    /// <summary>The entity tag; disabling counts as a version, too.</summary>
    public string Tag => EntityTags.Of(Version, string.Create(CultureInfo.InvariantCulture, $"managed user {Id}"));

    public ManagedUserResponse ToResponse() => TypeAdapter<ManagedUserRow, ManagedUserResponse>.Map(this);
}
