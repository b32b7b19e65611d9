using Kumiko.BuildingBlocks.Retention;
using Kumiko.Posts.Content;
using Kumiko.Posts.Streaming;

namespace Kumiko.Posts.Changes;

/// <summary>
/// Records changes to posts and authors in the transaction that makes them, and wakes the services that wait for them after the commit.
/// </summary>
internal sealed class ChangeLog(TimeProvider clock) : IDisposable
{
    /// <summary>How long a change can be replayed.</summary>
    public static TimeSpan Age { get; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Deletes changes that are too old. It only deletes from the beginning of the order, regardless of clock differences between
    /// instances, and never a change without a number. A reader that finds the next number missing therefore knows that it has come too
    /// late.
    /// </summary>
    public static RetentionRule<PostsDatabase> Retention { get; } =
        new(
            SqliteDelete: """
            with oldest as (select id, seq, changed_at from post_changes where seq is not null order by seq limit @BatchSize)
            delete from post_changes where id in (
                select id from oldest where seq < coalesce((select min(seq) from oldest where changed_at >= @Before), 9223372036854775807))
            """,
            MySqlDelete: """
            with oldest as (select id, seq, changed_at from post_changes where seq is not null order by seq limit @BatchSize)
            delete c from post_changes c join oldest o on o.id = c.id
            where o.seq < coalesce((select min(seq) from oldest where changed_at >= @Before), 9223372036854775807)
            """,
            Age
        );

    /// <summary>Wakes <see cref="ChangeSequencer"/> when a change was committed in this process.</summary>
    public Wakeup Committed { get; } = new();

    /// <summary>Wakes <see cref="Search.SearchIndexer"/> when the change affects what posts say.</summary>
    public Wakeup PostsCommitted { get; } = new();

    private const string Insert = "insert into post_changes (" + ChangesQuery.Columns + ") ";
    private const string InsertCreated = Insert + "select " + ChangesQuery.Creation + " from posts p where new_after is not null and ";
    private const string InsertDeleted = Insert + "select id, version, @Kind, user_id, created_at, updated_at, @Now from posts where ";

    /// <summary>Records a post's new text, in the transaction that writes it.</summary>
    public void AddUpdated(UnitOfWork work, PostRow post)
    {
        work.ExecuteAtCommit(
            Insert + "values (@Id, @Version, @Kind, @UserId, @CreatedAt, @UpdatedAt, @UpdatedAt)",
            new
            {
                post.Id,
                post.Version,
                Kind = ChangeKind.Updated,
                post.UserId,
                post.CreatedAt,
                post.UpdatedAt,
            }
        );
        work.AfterCommit(WakeAll);
    }

    /// <summary>
    /// Records that an author is about to get another name. A name that is not new changes nothing, and an author without a name has no
    /// posts.
    /// </summary>
    public async ValueTask AddRenamedAsync(UnitOfWork work, long userId, string name, long version, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            work.ForUpdate(
                Insert + "select 0, 0, @Kind, id, @Now, @Now, @Now from authors where id = @UserId and name <> @Name and version < @Version"
            ),
            new
            {
                Kind = ChangeKind.Renamed,
                UserId = userId,
                Name = name,
                Version = version,
                Now = clock.Now(),
            },
            cancellationToken
        );
        work.AfterCommit(Committed.Wake);
    }

    /// <summary>Records that a post is deleted. Call it before the deletion, with the row locked and the creation recorded.</summary>
    public async ValueTask AddDeletedAsync(UnitOfWork work, long postId, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            InsertDeleted + "id = @PostId",
            new
            {
                Kind = ChangeKind.Deleted,
                PostId = postId,
                Now = clock.Now(),
            },
            cancellationToken
        );
        work.AfterCommit(WakeAll);
    }

    /// <summary>
    /// Records that all posts of an author are deleted, and that the new ones were created. Call it before the deletion, with the author
    /// marked as deleted.
    /// </summary>
    public async ValueTask AddDeletedOfAsync(UnitOfWork work, long userId, CancellationToken cancellationToken)
    {
        // Locks the posts for the deletion that follows: a transaction that changed one of them has committed by then.
        var posts = work.ForUpdate("user_id = @UserId order by id");
        await work.ExecuteAsync(
            $"{InsertCreated}{posts}; {InsertDeleted}{posts}",
            new
            {
                Kind = ChangeKind.Deleted,
                UserId = userId,
                Now = clock.Now(),
            },
            cancellationToken
        );
        work.AfterCommit(WakeAll);
    }

    public void Dispose()
    {
        Committed.Dispose();
        PostsCommitted.Dispose();
    }

    private void WakeAll()
    {
        Committed.Wake();
        PostsCommitted.Wake();
    }
}
