using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Posts.Features.DeletePost;
using Kumiko.Posts.Features.UpdatePost;
using Xunit;

namespace Kumiko.Posts.Tests.Features;

public sealed class DeletePostTests
{
    public static TheoryData<DatabaseProvider> Providers => TestModule.Providers;

    private static ExpectedVersion AnyVersion => ExpectedVersion.Any;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_admin_may_delete_any_post_but_edit_none(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var admin = TestModule.User(2, "admin") with { IsAdmin = true, IsModerator = true };
        var (first, second) = (await module.WriteAsync("first", TestModule.User(1)), await module.WriteAsync("second", TestModule.User(1)));

        var changed = await module.Mediator.Send(new UpdatePost(first.Id, "censored", admin, AnyVersion), Cancellation);
        Assert.Equal(403, changed.FirstError.NumericType);
        Assert.False((await module.Mediator.Send(new DeletePost(first.Id, admin, AnyVersion), Cancellation)).IsError);

        Assert.Equal([second.Id], (await module.ListAsync()).Select(post => post.Id));
    }
}
