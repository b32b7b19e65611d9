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

    [Fact]
    public async Task A_moderator_may_delete_any_post_but_edit_none_and_it_is_recorded()
    {
        var (alice, moderator, admin) = (await kumiko.NewPersonAsync("alice"), await kumiko.ModeratorAsync(), await kumiko.AdminAsync());
        var posts = (await alice.WriteAsync("first"), await alice.WriteAsync("second"));
        (await moderator.PutAsync($"/api/crud/posts/{posts.Item1.Id}", new { content = "censored" })).IsProblem(403);
        (await moderator.DeleteAsync($"/api/crud/posts/{posts.Item1.Id}")).Is(204);
        (await admin.DeleteAsync($"/api/crud/posts/{posts.Item2.Id}")).Is(204);
        (await kumiko.Anyone.GetAsync($"/api/crud/posts/{posts.Item1.Id}")).IsProblem(404);
        // One's own is nobody else's business.
        var own = await moderator.WriteAsync("my own");
        (await moderator.DeleteAsync($"/api/crud/posts/{own.Id}")).Is(204);

        var removals = await Eventually.IsAsync(
            () => admin.GetAsync($"/api/auth/admin/audit?action=post_removal&subject={alice.Id}"),
            answer => answer.Is(200).Items.Count == 2
        );
        Assert.Equal(
            new[] { (moderator.Id, posts.Item1.Id), (admin.Id, posts.Item2.Id) }.Select(one => $"{one.Item1} post:{one.Item2}").Order(),
            removals.Items.Select(item => $"{item.GetProperty("actor_id")} {item.GetProperty("details")}").Order()
        );
        Assert.All(removals.Items, item => Assert.EndsWith("/24", item.GetProperty("client").GetString(), StringComparison.Ordinal));
        Assert.Contains(
            (await alice.GetAsync("/api/auth/me/activity")).Is(200).Items,
            item => item.GetProperty("details").GetString() == $"post:{posts.Item1.Id}" && item.GetProperty("by").GetString() == "staff"
        );
    }
}
