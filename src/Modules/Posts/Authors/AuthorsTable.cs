using System.Globalization;

namespace Kumiko.Posts.Authors;

/// <summary>Posts' own table of authors, so that listing posts takes one query and works while Identity is down.</summary>
internal static class AuthorsTable
{
    /// <summary>
    /// How long the row of a deleted author stays, without a name: far longer than an event about the author can arrive late.
    /// </summary>
    public static readonly TimeSpan DeletedKept = TimeSpan.FromDays(30);

    /// <summary>
    /// Stores a name, unless a newer version is known. Version 0 is the name in a token, used until the first event about the user arrives.
    /// </summary>
    public static Task NameAuthorAsync(this UnitOfWork work, long id, string name, long version, CancellationToken cancellationToken) =>
        work.WriteAsync([new AuthorRow(id, name, version, DeletedAt: null)], cancellationToken);

    /// <summary>Stores many names.</summary>
    public static Task NameAuthorsAsync(
        this UnitOfWork work,
        IEnumerable<(long Id, string Name, long Version)> authors,
        CancellationToken cancellationToken
    ) =>
        work.WriteAsync(
            [.. authors.Select(author => new AuthorRow(author.Id, author.Name, author.Version, DeletedAt: null))],
            cancellationToken
        );

    /// <summary>Marks the user as deleted for good.</summary>
    public static Task DeleteAuthorAsync(this UnitOfWork work, long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        work.WriteAsync([new AuthorRow(id, Name: null, long.MaxValue, now)], cancellationToken);

    /// <summary>Deletes the parked events about a user, which hold the user's name.</summary>
    public static async Task ForgetParkedAsync(this UnitOfWork work, long id, CancellationToken cancellationToken)
    {
        var start = string.Create(CultureInfo.InvariantCulture, $"{{\"user_id\":{id}");
        await work.ExecuteAsync(
            "delete from parked_events where body like @Middle or body like @End",
            new { Middle = start + ",%", End = start + "}" },
            cancellationToken
        );
    }

    // Dapper runs the statement once per row.
    private static async Task WriteAsync(this UnitOfWork work, IReadOnlyList<AuthorRow> authors, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: """
                insert into authors (id, name, version, is_deleted, deleted_at) values (@Id, @Name, @Version, @IsDeleted, @DeletedAt)
                on conflict (id) do update set name = excluded.name, version = excluded.version, is_deleted = excluded.is_deleted,
                    deleted_at = excluded.deleted_at
                where excluded.version > authors.version
                """,
                // The assignments run from left to right, so the version comes last.
                mySql: """
                insert into authors (id, name, version, is_deleted, deleted_at)
                values (@Id, @Name, @Version, @IsDeleted, @DeletedAt) as new
                on duplicate key update
                    name = if(new.version > authors.version, new.name, authors.name),
                    is_deleted = if(new.version > authors.version, new.is_deleted, authors.is_deleted),
                    deleted_at = if(new.version > authors.version, new.deleted_at, authors.deleted_at),
                    version = greatest(new.version, authors.version)
                """
            ),
            authors,
            cancellationToken
        );

    private sealed record AuthorRow(long Id, string? Name, long Version, DateTimeOffset? DeletedAt)
    {
        public bool IsDeleted => DeletedAt is not null;
    }
}
