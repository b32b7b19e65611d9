using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.Identity.Contracts;
using Kumiko.Posts.Authors;
using Kumiko.Posts.Features.CreatePost;
using Xunit;

namespace Kumiko.Posts.Tests.Authors;

/// <summary>Posts learns about authors from events, which may arrive out of order.</summary>
public sealed class AuthorTests
{
    public static TheoryData<DatabaseProvider> Providers => TestModule.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_newest_name_counts_in_whatever_order_events_arrive(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.TellAsync<UserRenamed, UserRenamedHandler>(new UserRenamed(1, "third", 3));
        await module.TellAsync<UserRegistered, UserRegisteredHandler>(new UserRegistered(1, "first", 1));
        await module.TellAsync<UserRenamed, UserRenamedHandler>(new UserRenamed(1, "second", 2));

        var post = await module.WriteAsync("hello", TestModule.User(1, "first"));

        Assert.Equal("third", post.Username);
        Assert.Equal("third", Assert.Single(await module.ListAsync()).Username);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_name_from_a_token_is_used_until_an_event_arrives(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        Assert.Equal("early", (await module.WriteAsync("hello", TestModule.User(1, "early"))).Username);

        await module.TellAsync<UserRegistered, UserRegisteredHandler>(new UserRegistered(1, "real", 1));

        Assert.Equal("real", Assert.Single(await module.ListAsync()).Username);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_deleted_user_loses_all_posts_and_stays_deleted(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.WriteAsync("mine", TestModule.User(1));
        await module.WriteAsync("somebody else's", TestModule.User(2));
        await module.TellAsync<UserDeleted, UserDeletedHandler>(new UserDeleted(1, 5));
        await module.TellAsync<UserRenamed, UserRenamedHandler>(new UserRenamed(1, "late", 4));

        Assert.Equal("somebody else's", Assert.Single(await module.ListAsync()).Content);
        Assert.Empty(await module.ListAsync("mine"));
        var refused = await module.Mediator.Send(
            new CreatePost("ghost", TestModule.User(1), IdempotencyKey.None),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(401, refused.FirstError.NumericType);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Posts_written_while_their_author_is_deleted_are_removed(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.TellAsync<UserRegistered, UserRegisteredHandler>(new UserRegistered(1, "hanako", 1));
        var cancellationToken = TestContext.Current.CancellationToken;

        var writing = Enumerable
            .Range(0, 40)
            .Select(i =>
                Task.Run(
                    async () =>
                        await module.Mediator.Send(new CreatePost($"post {i}", TestModule.User(1), IdempotencyKey.None), cancellationToken),
                    cancellationToken
                )
            );
        var deleting = Task.Run(() => module.TellAsync<UserDeleted, UserDeletedHandler>(new UserDeleted(1, 2)), cancellationToken);
        await Task.WhenAll([.. writing, deleting]);

        Assert.Empty(await module.ListAsync());
    }
}
