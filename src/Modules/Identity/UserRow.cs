namespace Kumiko.Identity;

/// <summary>A user as the table has it, without the password's hash.</summary>
internal sealed record UserRow
{
    public required long Id { get; init; }

    public required string Email { get; init; }

    public required string Username { get; init; }

    public required bool EmailVerified { get; init; }

    public required string Role { get; init; }

    /// <summary>Grows with every change; the resource's <c>ETag</c>.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
