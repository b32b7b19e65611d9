namespace Kumiko.Contract.Posts;

public class DeletePostTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Deleting_someone_elses_post_is_forbidden()
    {
        var (alice, bob) = (await kumiko.AliceAsync(), await kumiko.BobAsync());
        var post = await alice.WriteAsync("still here");
        (await bob.DeleteAsync($"/api/crud/posts/{post.Id}")).IsProblem(403);
        (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}")).Is(200);
    }

    [Fact]
    public async Task A_deleted_post_is_gone_and_cannot_be_edited_or_deleted_again()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("short-lived");
        var path = $"/api/crud/posts/{post.Id}";
        Assert.Empty((await alice.DeleteAsync(path)).Is(204).Bytes);
        (await alice.DeleteAsync(path)).IsProblem(404);
        (await alice.PutAsync(path, new { content = "back" })).IsProblem(404);
        (await kumiko.Anyone.GetAsync(path)).IsProblem(404);
        Assert.DoesNotContain(post.Id, (await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={alice.Id}&limit=100")).Ids);
    }

    [Fact]
    public async Task Of_simultaneous_deletions_one_succeeds()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("once");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => alice.DeleteAsync($"/api/crud/posts/{post.Id}")));
        Assert.Single(answers, answer => answer.Status == 204);
        Assert.All(answers.Where(answer => answer.Status != 204), answer => answer.IsProblem(404));
    }

    [Fact]
    public async Task The_id_of_a_deleted_post_is_not_used_again()
    {
        var dora = await kumiko.NewPersonAsync("dora");
        var first = await dora.WriteAsync("one");
        (await dora.DeleteAsync($"/api/crud/posts/{first.Id}")).Is(204);
        Assert.True((await dora.WriteAsync("two")).Id > first.Id);
    }
}
