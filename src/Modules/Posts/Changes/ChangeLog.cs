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
    public static RetentionRule<PostsDatabase> Swept { get; } =
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

    private const string Insert = "insert into post_changes (post_id, kind, user_id, content, created_at, updated_at, changed_at) ";
    private const string InsertDeleted = Insert + "select id, @Kind, user_id, null, created_at, updated_at, @Now from posts where ";
    private const string RemoveTexts = "update post_changes set content = null where content is not null and ";

    public void AddCreated(UnitOfWork work, PostRow post) => Add(work, "", ChangeKind.Created, post);

    /// <summary>
    /// Records a post's new text and removes the old one, so that a text that its author took back is not replayed for another day.
    /// </summary>
    public void AddUpdated(UnitOfWork work, PostRow post) => Add(work, RemoveTexts + "post_id = @Id; ", ChangeKind.Updated, post);

    /// <summary>Records that an author has a new name, which is in the authors' table.</summary>
    public async ValueTask AddRenamedAsync(UnitOfWork work, long userId, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            Insert + "values (0, @Kind, @UserId, null, @Now, @Now, @Now)",
            new
            {
                Kind = ChangeKind.Renamed,
                UserId = userId,
                Now = clock.Now(),
            },
            cancellationToken
        );
        work.AfterCommit(Committed.Wake);
    }

    /// <summary>Records that a post is deleted, and removes its text. Call it before the deletion, with the post's row locked.</summary>
    public async ValueTask AddDeletedAsync(UnitOfWork work, long postId, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            InsertDeleted + "id = @PostId;" + RemoveTexts + "post_id = @PostId",
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

    /// <summary>Does the same for all posts of an author. Call it before they are deleted, with the author marked as deleted.</summary>
    public async ValueTask AddDeletedOfAsync(UnitOfWork work, long userId, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            work.Sql(
                sqlite: InsertDeleted
                    + "user_id = @UserId order by id;"
                    + RemoveTexts
                    + "post_id in (select id from posts where user_id = @UserId)",
                // Locks the posts for the deletion that follows: a transaction that changed one of them has committed by then, and the
                // update sees its change.
                mySql: InsertDeleted
                    + """
                    user_id = @UserId order by id for update;
                    update post_changes c join posts p on p.id = c.post_id set c.content = null
                    where p.user_id = @UserId and c.content is not null
                    """
            ),
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

    private void Add(UnitOfWork work, string before, string kind, PostRow post)
    {
        work.ExecuteAtCommit(
            before + Insert + "values (@Id, @Kind, @UserId, @Content, @CreatedAt, @UpdatedAt, @Now)",
            new
            {
                post.Id,
                Kind = kind,
                post.UserId,
                post.Content,
                post.CreatedAt,
                post.UpdatedAt,
                Now = clock.Now(),
            }
        );
        work.AfterCommit(WakeAll);
    }

    private void WakeAll()
    {
        Committed.Wake();
        PostsCommitted.Wake();
    }
}
