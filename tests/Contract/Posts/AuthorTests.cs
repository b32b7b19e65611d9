namespace Kumiko.Contract.Posts;

public class AuthorTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task A_post_soon_shows_its_authors_name()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        var post = await grace.WriteAsync("who am I?");
        await NameBecomesAsync(post.Id, grace.Username);
        var listed = Assert.Single((await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={grace.Id}")).Items);
        Assert.Equal(grace.Username, listed.GetProperty("username").GetString());
        Assert.Equal(grace.Username, (await grace.WriteAsync("I am I"))["username"].GetString());
    }

    [Fact]
    public async Task Old_posts_show_a_renamed_authors_new_name()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        var post = await grace.WriteAsync("before");
        await NameBecomesAsync(post.Id, grace.Username);
        var name = Person.UniqueName("グレース");
        (await grace.PatchAsync("/api/auth/me", new { username = name })).Is(200);
        await NameBecomesAsync(post.Id, name);
    }

    [Fact]
    public async Task A_tag_from_before_the_author_was_renamed_does_not_hide_the_new_name()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        var post = await grace.WriteAsync("tagged");
        var before = await NameBecomesAsync(post.Id, grace.Username);
        var name = Person.UniqueName("grazia");
        (await grace.PatchAsync("/api/auth/me", new { username = name })).Is(200);
        await NameBecomesAsync(post.Id, name);
        var after = (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}", ("If-None-Match", before.ETag))).Is(200);
        Assert.Equal(name, after["username"].GetString());
    }

    [Fact]
    public async Task After_many_renames_posts_show_the_last_name()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        var post = await grace.WriteAsync("many names");
        var name = "";
        for (var n = 0; n < 10; n++)
        {
            name = Person.UniqueName($"grace.{n}");
            (await grace.PatchAsync("/api/auth/me", new { username = name })).Is(200);
        }

        await NameBecomesAsync(post.Id, name);
    }

    [Fact]
    public async Task Deleting_an_account_deletes_its_posts_only()
    {
        var (grace, bob) = (await kumiko.NewPersonAsync("grace"), await kumiko.BobAsync());
        var word = $"leaving{Guid.NewGuid():N}";
        var posts = new List<long>();
        for (var n = 0; n < 30; n++)
            posts.Add((await grace.WriteAsync($"{word} {n}")).Id);
        var ofBob = await bob.WriteAsync($"{word}, says bob");

        (await grace.DeleteAsync("/api/auth/me", new { password = grace.Password })).Is(204);

        await Eventually.IsAsync(
            () => kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={grace.Id}"),
            answer => answer.Is(200).Items.Count == 0
        );
        (await kumiko.Anyone.GetAsync($"/api/crud/posts/{posts[0]}")).IsProblem(404);
        Assert.Equal([ofBob.Id], (await kumiko.Anyone.GetAsync($"/api/crud/posts?q={word}")).Is(200).Ids);
    }

    [Fact]
    public async Task A_deleted_account_cannot_create_posts()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        var post = await grace.WriteAsync("last words");
        (await grace.DeleteAsync("/api/auth/me", new { password = grace.Password })).Is(204);
        await Eventually.IsAsync(() => grace.PostAsync("/api/crud/posts", new { content = "a ghost" }), answer => answer.Status == 401);
        (await grace.PostAsync("/api/crud/posts", new { content = "a ghost" })).IsProblem(401);
        await Eventually.IsAsync(() => kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}"), answer => answer.Status == 404);
        Assert.Empty((await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={grace.Id}")).Is(200).Items);
    }

    private Task<Answer> NameBecomesAsync(long post, string name) =>
        Eventually.IsAsync(
            () => kumiko.Anyone.GetAsync($"/api/crud/posts/{post}"),
            answer => answer.Is(200)["username"].GetString() == name
        );
}
