namespace Kumiko.Contract.Posts;

public class WritingTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task A_written_post_is_there_for_anyone_to_read()
    {
        var alice = await kumiko.AliceAsync();
        var written = await alice.WriteAsync("hello, world");
        Assert.EndsWith($"/api/crud/posts/{written.Id}", written.Header("Location"), StringComparison.Ordinal);
        Assert.Equal(
            ["content", "created_at", "id", "updated_at", "user_id", "username"],
            written.Json.EnumerateObject().Select(member => member.Name).Order()
        );
        Assert.Equal("hello, world", written.Content);
        Assert.Equal(alice.Id, written["user_id"].GetInt64());
        Moment.IsRecent(written["created_at"]);
        Assert.Equal(written["created_at"].GetString(), written["updated_at"].GetString());

        var read = (await kumiko.Anyone.GetAsync(written.Header("Location")!)).Is(200);
        foreach (var member in (string[])["id", "content", "user_id", "created_at", "updated_at"])
            Assert.Equal(written[member].ToString(), read[member].ToString());
    }

    [Fact]
    public async Task White_space_at_the_ends_is_not_part_of_a_post()
    {
        var alice = await kumiko.AliceAsync();
        Assert.Equal("in the middle", (await alice.WriteAsync(" \t\n　in the middle　\n ")).Content);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"content\":null}")]
    [InlineData("{\"content\":\"\"}")]
    [InlineData("{\"content\":\" \\t\\n \\u3000 \"}")]
    [InlineData("{\"content\":\"\\u200b\"}")]
    [InlineData("{\"content\":\"\\u3164\"}")]
    [InlineData("{\"content\":\"\\ufeff\"}")]
    [InlineData("{\"content\":\"\\u00ad\"}")]
    [InlineData("{\"content\":\"\\u2800 \\u2800\"}")]
    [InlineData("{\"content\":\"\\r\\n\\r\"}")]
    [InlineData("{\"content\":\"null \\u0000 character\"}")]
    [InlineData("{\"content\":\"bell \\u0007\"}")]
    [InlineData("{\"content\":\"\\u001b[31mred\"}")]
    [InlineData("{\"content\":\"delete \\u007f it\"}")]
    [InlineData("{\"content\":\"C1 \\u0090 control\"}")]
    public async Task Content_that_is_missing_blank_or_holds_control_characters_is_invalid(string body)
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PostAsync("/api/crud/posts", Caller.Json(body))).IsProblemWith(422, "content");
        var post = await alice.WriteAsync("good");
        (await alice.PutAsync($"/api/crud/posts/{post.Id}", Caller.Json(body))).IsProblemWith(422, "content");
        Assert.Equal("good", (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}")).Content);
    }

    [Fact]
    public async Task A_text_file_of_Windows_keeps_its_lines()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("first\r\nsecond\r\rlast\r\n");
        Assert.Equal("first\nsecond\n\nlast", post.Content);
        Assert.Equal("one\ntwo", (await alice.PutAsync($"/api/crud/posts/{post.Id}", new { content = "one\r\ntwo" })).Is(200).Content);
        Assert.Equal("one\ntwo", (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}")).Content);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("字")]
    [InlineData("😀")]
    public async Task Ten_thousand_characters_fit_and_one_more_does_not(string character)
    {
        var alice = await kumiko.AliceAsync();
        var longest = string.Concat(Enumerable.Repeat(character, 10_000));
        Assert.Equal(longest, (await alice.WriteAsync(longest)).Content);
        (await alice.PostAsync("/api/crud/posts", new { content = longest + character })).IsProblemWith(422, "content");
    }

    [Fact]
    public async Task White_space_at_the_ends_does_not_count()
    {
        var alice = await kumiko.AliceAsync();
        var longest = new string('x', 10_000);
        Assert.Equal(longest, (await alice.WriteAsync($"  {longest}\n\n")).Content);
    }

    [Fact]
    public async Task Only_somebody_signed_in_may_write()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("mine");
        (await kumiko.Anyone.PostAsync("/api/crud/posts", new { content = "x" })).IsProblem(401);
        (await kumiko.Anyone.PutAsync($"/api/crud/posts/{post.Id}", new { content = "x" })).IsProblem(401);
        (await kumiko.Anyone.DeleteAsync($"/api/crud/posts/{post.Id}")).IsProblem(401);
    }

    [Fact]
    public async Task The_author_may_edit()
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

    [Fact]
    public async Task Deleting_someone_elses_post_is_forbidden()
    {
        var (alice, bob) = (await kumiko.AliceAsync(), await kumiko.BobAsync());
        var post = await alice.WriteAsync("still here");
        (await bob.DeleteAsync($"/api/crud/posts/{post.Id}")).IsProblem(403);
        (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}")).Is(200);
    }

    [Fact]
    public async Task A_deleted_post_is_gone_and_can_be_neither_edited_nor_deleted_again()
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
    public async Task Of_two_deletions_at_once_one_finds_nothing()
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
