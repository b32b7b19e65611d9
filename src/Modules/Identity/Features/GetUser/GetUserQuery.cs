namespace Kumiko.Identity.Features.GetUser;

internal static class GetUserQuery
{
    public static ValueTask<ProfileRow?> ReadProfileAsync(this DatabaseSession session, long id, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<ProfileRow>(
            "select id, username, version, created_at from users where id = @Id",
            new { Id = id },
            cancellationToken
        );
}

internal sealed record ProfileRow
{
    public long Id { get; init; }
    public string Username { get; init; } = "";
    public long Version { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
