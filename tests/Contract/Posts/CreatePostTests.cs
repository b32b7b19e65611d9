namespace Kumiko.Contract.Posts;

public class CreatePostTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Anyone_can_read_a_new_post()
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
    public async Task White_space_at_the_ends_is_removed()
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
    public async Task Missing_blank_or_control_characters_make_content_invalid(string body)
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PostAsync("/api/crud/posts", Caller.Json(body))).IsProblemWith(422, "content");
        var post = await alice.WriteAsync("good");
        (await alice.PutAsync($"/api/crud/posts/{post.Id}", Caller.Json(body))).IsProblemWith(422, "content");
        Assert.Equal("good", (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}")).Content);
    }

    [Fact]
    public async Task Windows_line_ends_become_plain_ones()
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
    public async Task Content_has_at_most_ten_thousand_characters(string character)
    {
        var alice = await kumiko.AliceAsync();
        var longest = string.Concat(Enumerable.Repeat(character, 10_000));
        Assert.Equal(longest, (await alice.WriteAsync(longest)).Content);
        (await alice.PostAsync("/api/crud/posts", new { content = longest + character })).IsProblemWith(422, "content");
    }

    [Fact]
    public async Task White_space_at_the_ends_does_not_count_towards_the_limit()
    {
        var alice = await kumiko.AliceAsync();
        var longest = new string('x', 10_000);
        Assert.Equal(longest, (await alice.WriteAsync($"  {longest}\n\n")).Content);
    }

    [Fact]
    public async Task Writing_needs_a_token()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("mine");
        (await kumiko.Anyone.PostAsync("/api/crud/posts", new { content = "x" })).IsProblem(401);
        (await kumiko.Anyone.PutAsync($"/api/crud/posts/{post.Id}", new { content = "x" })).IsProblem(401);
        (await kumiko.Anyone.DeleteAsync($"/api/crud/posts/{post.Id}")).IsProblem(401);
    }
}
