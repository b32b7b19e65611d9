namespace Kumiko.Posts.Authors;

/// <summary>Posts' own table of authors, so that listing posts takes one query and works while Identity is down.</summary>
internal static class AuthorsTable
{
    /// <summary>
    /// Stores a name, unless a newer version is known. Version 0 is the name in a token, used until the first event about the user arrives.
    /// </summary>
    public static Task NameAuthorAsync(this UnitOfWork work, long id, string name, long version, CancellationToken cancellationToken) =>
        work.WriteAsync([new AuthorRow(id, name, version, IsDeleted: false)], cancellationToken);

    /// <summary>Stores many names.</summary>
    public static Task NameAuthorsAsync(
        this UnitOfWork work,
        IEnumerable<(long Id, string Name, long Version)> authors,
        CancellationToken cancellationToken
    ) =>
        work.WriteAsync(
            [.. authors.Select(author => new AuthorRow(author.Id, author.Name, author.Version, IsDeleted: false))],
            cancellationToken
        );

    /// <summary>Marks the user as deleted for good.</summary>
    public static Task DeleteAuthorAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.WriteAsync([new AuthorRow(id, Name: null, long.MaxValue, IsDeleted: true)], cancellationToken);

    // Dapper runs the statement once per row.
    private static async Task WriteAsync(this UnitOfWork work, IReadOnlyList<AuthorRow> authors, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: """
                insert into authors (id, name, version, is_deleted) values (@Id, @Name, @Version, @IsDeleted)
                on conflict (id) do update set name = excluded.name, version = excluded.version, is_deleted = excluded.is_deleted
                where excluded.version > authors.version
                """,
                // The assignments run from left to right, so the version comes last.
                mySql: """
                insert into authors (id, name, version, is_deleted) values (@Id, @Name, @Version, @IsDeleted) as new
                on duplicate key update
                    name = if(new.version > authors.version, new.name, authors.name),
                    is_deleted = if(new.version > authors.version, new.is_deleted, authors.is_deleted),
                    version = greatest(new.version, authors.version)
                """
            ),
            authors,
            cancellationToken
        );

    private sealed record AuthorRow(long Id, string? Name, long Version, bool IsDeleted);
}
