using Kumiko.BuildingBlocks.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Posts.Privacy;

/// <summary>What this module holds about a user. The posts come last: an export that would become too large ends with them.</summary>
internal static class PostsPersonalData
{
    public static IServiceCollection AddPostsPersonalData(this IServiceCollection services) =>
        services
            .AddPersonalData(
                new PersonalDataRows<PostsDatabase, Author>(
                    "author.json",
                    "select id, name, version from authors where id = @UserId limit @Take offset @After"
                )
            )
            .AddPersonalData(
                new PersonalDataRows<PostsDatabase, Change>(
                    "changes.json",
                    """
                    select id, kind, post_id, changed_at from post_changes
                    where user_id = @UserId and id > @After order by id limit @Take
                    """,
                    row => row.Id
                )
            )
            .AddPersonalData(
                new PersonalDataRows<PostsDatabase, StoredAnswer>(
                    "stored_answers.json",
                    """
                    select operation, idempotency_key, answer, created_at from idempotency_keys where user_id = @UserId
                    order by operation, idempotency_key limit @Take offset @After
                    """
                )
                {
                    Take = 10,
                }
            )
            .AddPersonalData(
                new PersonalDataRows<PostsDatabase, Post>(
                    "posts.json",
                    """
                    select id, content, created_at, updated_at from posts where user_id = @UserId and id > @After order by id limit @Take
                    """,
                    row => row.Id
                )
                {
                    // Each has up to 10,000 characters of up to four bytes.
                    Take = 10,
                }
            );

    private sealed record Author
    {
        public long Id { get; init; }
        public string? Name { get; init; }
        public long Version { get; init; }
    }

    private sealed record Change
    {
        public long Id { get; init; }
        public string Kind { get; init; } = "";
        public long PostId { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
    }

    private sealed record StoredAnswer
    {
        public string Operation { get; init; } = "";
        public string IdempotencyKey { get; init; } = "";
        public string? Answer { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }

    private sealed record Post
    {
        public long Id { get; init; }
        public string Content { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
    }
}
