namespace Kumiko.Contract.Posts;

public class UpdatePostTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Authors_can_edit_their_posts()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("first thought");
        await Task.Delay(5, TestContext.Current.CancellationToken);
        var edited = (await alice.PutAsync($"/api/crud/posts/{post.Id}", new { content = " second thought " })).Is(200);
        Assert.Equal("second thought", edited.Content);
        Assert.Equal(post.Id, edited.Id);
        Assert.Equal(post["created_at"].GetString(), edited["created_at"].GetString());
        Assert.True(Moment.Of(edited["updated_at"]) > Moment.Of(post["updated_at"]));
        Assert.Equal("second thought", (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}")).Content);
    }

    [Fact]
    public async Task Editing_someone_elses_post_is_forbidden()
    {
        var (alice, bob) = (await kumiko.AliceAsync(), await kumiko.BobAsync());
        var post = await alice.WriteAsync("hands off");
        (await bob.PutAsync($"/api/crud/posts/{post.Id}", new { content = "mine now" })).IsProblem(403);
        Assert.Equal("hands off", (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}")).Content);
    }
}
