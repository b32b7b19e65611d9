namespace Kumiko.Contract.Conventions;

public class ConditionalRequestTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task A_resource_has_the_same_strong_tag_in_every_answer()
    {
        var alice = await kumiko.AliceAsync();
        await Named(alice);
        var written = await alice.WriteAsync("tagged");
        var read = (await kumiko.Anyone.GetAsync($"/api/crud/posts/{written.Id}")).Is(200);
        Assert.Matches("^\"[^\"]+\"$", written.ETag);
        Assert.Equal(written.ETag, read.ETag);
    }

    [Fact]
    public async Task A_version_that_the_client_has_is_not_sent_again()
    {
        var alice = await kumiko.AliceAsync();
        await Named(alice);
        var post = await alice.WriteAsync("known");
        var path = $"/api/crud/posts/{post.Id}";
        foreach (var known in (string[])[post.ETag, $"W/{post.ETag}", $"\"another\", {post.ETag}", "*"])
        {
            var answer = (await kumiko.Anyone.GetAsync(path, ("If-None-Match", known))).Is(304);
            Assert.Empty(answer.Bytes);
            Assert.Equal(post.ETag, answer.ETag);
        }

        (await kumiko.Anyone.GetAsync(path, ("If-None-Match", "\"another\""))).Is(200);
    }

    [Fact]
    public async Task An_edit_changes_the_tag()
    {
        var alice = await kumiko.AliceAsync();
        await Named(alice);
        var post = await alice.WriteAsync("first");
        var path = $"/api/crud/posts/{post.Id}";
        var edited = (await alice.PutAsync(path, new { content = "second" })).Is(200);
        Assert.NotEqual(post.ETag, edited.ETag);
        Assert.Equal("second", (await kumiko.Anyone.GetAsync(path, ("If-None-Match", post.ETag))).Is(200).Content);
        (await kumiko.Anyone.GetAsync(path, ("If-None-Match", edited.ETag))).Is(304);
    }

    [Fact]
    public async Task An_edit_of_an_outdated_version_is_refused()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("first");
        var path = $"/api/crud/posts/{post.Id}";
        (await alice.PutAsync(path, new { content = "second" }, ("If-Match", post.ETag))).Is(200);
        (await alice.PutAsync(path, new { content = "third" }, ("If-Match", post.ETag))).IsProblem(412);
        (await alice.DeleteAsync(path, null, ("If-Match", post.ETag))).IsProblem(412);
        Assert.Equal("second", (await kumiko.Anyone.GetAsync(path)).Is(200).Content);
    }

    [Fact]
    public async Task Of_two_simultaneous_edits_of_one_version_one_wins_and_one_is_refused()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("first");
        var path = $"/api/crud/posts/{post.Id}";
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(n => alice.PutAsync(path, new { content = $"edit {n}" }, ("If-Match", post.ETag)))
        );
        var winner = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.IsProblem(412));
        Assert.Equal(winner.Content, (await kumiko.Anyone.GetAsync(path)).Content);
    }

    [Fact]
    public async Task If_match_takes_a_list_and_a_star()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("first");
        var path = $"/api/crud/posts/{post.Id}";
        var second = (await alice.PutAsync(path, new { content = "second" }, ("If-Match", "*"))).Is(200);
        (await alice.PutAsync(path, new { content = "third" }, ("If-Match", $"\"another\", {second.ETag}"))).Is(200);
        (await alice.DeleteAsync(path, null, ("If-Match", "*"))).Is(204);
    }

    // What nginx, HAProxy, Apache, Caddy and Jetty turn a tag into when they compress the answer.
    [Theory]
    [InlineData("W/\"{0}\"")]
    [InlineData("\"{0}-gzip\"")]
    [InlineData("\"{0}--gzip\"")]
    [InlineData("\"{0};gzip\"")]
    [InlineData("\"{0}-br\"")]
    [InlineData("\"{0}-zstd\"")]
    [InlineData("W/\"{0}-gzip\"")]
    [InlineData("\"another\", W/\"{0}\"")]
    public async Task A_tag_with_a_proxys_suffix_names_the_same_version(string marked)
    {
        var alice = await kumiko.AliceAsync();
        await Named(alice);
        var post = await alice.WriteAsync("first");
        var path = $"/api/crud/posts/{post.Id}";
        var tag = Marked(post);
        Assert.Equal(post.ETag, (await kumiko.Anyone.GetAsync(path, ("If-None-Match", tag))).Is(304).ETag);
        var second = (await alice.PutAsync(path, new { content = "second" }, ("If-Match", tag))).Is(200);
        (await alice.PutAsync(path, new { content = "third" }, ("If-Match", tag))).IsProblem(412);
        (await alice.DeleteAsync(path, null, ("If-Match", tag))).IsProblem(412);
        (await kumiko.Anyone.GetAsync(path, ("If-None-Match", tag))).Is(200);
        (await alice.DeleteAsync(path, null, ("If-Match", Marked(second)))).Is(204);

        string Marked(Answer answer) => string.Format(System.Globalization.CultureInfo.InvariantCulture, marked, answer.ETag.Trim('"'));
    }

    // Generated clients send an omitted argument as an empty header.
    [Fact]
    public async Task An_empty_precondition_is_ignored()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("first");
        var path = $"/api/crud/posts/{post.Id}";
        (await alice.PutAsync(path, new { content = "second" }, ("If-Match", ""), ("If-None-Match", ""))).Is(200);
        (await kumiko.Anyone.GetAsync(path, ("If-None-Match", ""))).Is(200);
        (await alice.DeleteAsync(path, null, ("If-Match", ""))).Is(204);
    }

    // RFC 9110, 13.1.2.
    [Fact]
    public async Task A_change_with_If_None_Match_star_is_refused()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("first");
        var path = $"/api/crud/posts/{post.Id}";
        (await alice.PutAsync(path, new { content = "second" }, ("If-None-Match", "*"))).IsProblem(412);
        (await alice.PutAsync(path, new { content = "second" }, ("If-None-Match", post.ETag))).IsProblem(412);
        (await alice.PutAsync(path, new { content = "second" }, ("If-None-Match", "\"another\""))).Is(200);
    }

    [Fact]
    public async Task Deleting_the_version_that_the_client_has_works()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("seen");
        (await alice.DeleteAsync($"/api/crud/posts/{post.Id}", null, ("If-Match", post.ETag))).Is(204);
    }

    [Fact]
    public async Task The_account_is_protected_by_its_tag()
    {
        var carol = await kumiko.NewPersonAsync("carol");
        var me = (await carol.GetAsync("/api/auth/me")).Is(200);
        (await carol.GetAsync("/api/auth/me", ("If-None-Match", me.ETag))).Is(304);
        var renamed = (await carol.PatchAsync("/api/auth/me", new { username = Person.UniqueName("caroline") }, ("If-Match", me.ETag))).Is(
            200
        );
        Assert.NotEqual(me.ETag, renamed.ETag);
        (await carol.PatchAsync("/api/auth/me", new { username = Person.UniqueName("carla") }, ("If-Match", me.ETag))).IsProblem(412);
        (await carol.DeleteAsync("/api/auth/me", new { password = carol.Password }, ("If-Match", me.ETag))).IsProblem(412);
        (await carol.GetAsync("/api/auth/me")).Is(200);
    }

    [Fact]
    public async Task A_public_profile_carries_a_tag()
    {
        var alice = await kumiko.AliceAsync();
        var profile = (await kumiko.Anyone.GetAsync($"/api/auth/users/{alice.Id}")).Is(200);
        (await kumiko.Anyone.GetAsync($"/api/auth/users/{alice.Id}", ("If-None-Match", profile.ETag))).Is(304);
    }

    // The author's name is part of a post and arrives by event, so a tag from before that would differ legitimately.
    private async Task Named(Person author)
    {
        var post = await author.WriteAsync("whose?");
        await Eventually.IsAsync(
            () => kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}"),
            answer => answer["username"].GetString() == author.Username
        );
    }
}
