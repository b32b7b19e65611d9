namespace Kumiko.Contract.Conventions;

public class IdempotencyTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task A_post_repeated_with_its_key_gets_the_first_answer()
    {
        var alice = await kumiko.AliceAsync();
        var key = NewKey();
        var first = await WriteOnceAsync(alice, "once", key);
        var second = await WriteOnceAsync(alice, "once", key);
        first.Is(201);
        second.Is(201);
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Header("Location"), second.Header("Location"));
        Assert.Equal(first.ETag, second.ETag);
    }

    [Fact]
    public async Task A_repeated_post_gets_the_first_answer_even_after_an_edit()
    {
        var alice = await kumiko.AliceAsync();
        var key = NewKey();
        var first = (await WriteOnceAsync(alice, "as it was", key)).Is(201);
        (await alice.PutAsync($"/api/crud/posts/{first.Id}", new { content = "as it is" })).Is(200);
        Assert.Equal("as it was", (await WriteOnceAsync(alice, "as it was", key)).Is(201).Content);
    }

    [Fact]
    public async Task A_key_used_with_another_body_is_refused()
    {
        var alice = await kumiko.AliceAsync();
        var key = NewKey();
        (await WriteOnceAsync(alice, "one", key)).Is(201);
        (await WriteOnceAsync(alice, "another", key)).IsProblem(422);
    }

    [Fact]
    public async Task Every_user_has_separate_keys()
    {
        var (alice, bob) = (await kumiko.AliceAsync(), await kumiko.BobAsync());
        var key = NewKey();
        var ofAlice = (await WriteOnceAsync(alice, "the same words", key)).Is(201);
        var ofBob = (await WriteOnceAsync(bob, "the same words", key)).Is(201);
        Assert.NotEqual(ofAlice.Id, ofBob.Id);
        Assert.Equal(bob.Id, ofBob["user_id"].GetInt64());
    }

    [Fact]
    public async Task Simultaneous_copies_create_one_post()
    {
        var alice = await kumiko.AliceAsync();
        var (key, content) = (NewKey(), $"once {Guid.NewGuid():N}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => WriteOnceAsync(alice, content, key)));

        var made = answers.Where(answer => answer.Status == 201).ToList();
        Assert.Single(made, answer => answer.Header("Idempotent-Replayed") is null);
        Assert.Single(made.Select(answer => answer.Id).Distinct());
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.IsProblem(409));
        var posts = (await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={alice.Id}&q={content}")).Is(200);
        Assert.Single(posts.Items);
        (await WriteOnceAsync(alice, content, key)).Is(201);
    }

    [Fact]
    public async Task An_empty_key_is_ignored()
    {
        var alice = await kumiko.AliceAsync();
        var first = (await WriteOnceAsync(alice, "twice", "")).Is(201);
        Assert.NotEqual(first.Id, (await WriteOnceAsync(alice, "twice", "")).Is(201).Id);
        var name = Person.UniqueName("keyless");
        (
            await kumiko.Anyone.PostAsync(
                "/api/auth/register",
                new
                {
                    email = $"{name}@example.test",
                    username = name,
                    password = $"pass of {name}",
                },
                ("Idempotency-Key", "")
            )
        ).Is(201);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("日本")]
    [InlineData("x256")]
    public async Task A_malformed_key_is_refused(string key)
    {
        var alice = await kumiko.AliceAsync();
        (await WriteOnceAsync(alice, "never written", key == "x256" ? new string('x', 256) : key)).IsProblem(400);
    }

    [Fact]
    public async Task A_key_may_be_255_characters_long()
    {
        var alice = await kumiko.AliceAsync();
        var key = NewKey().PadRight(255, '~');
        var first = (await WriteOnceAsync(alice, "long key", key)).Is(201);
        Assert.Equal(first.Id, (await WriteOnceAsync(alice, "long key", key)).Is(201).Id);
        var other = key[..254] + "!";
        Assert.NotEqual(first.Id, (await WriteOnceAsync(alice, "long key", other)).Is(201).Id);
    }

    // A key is an opaque string (draft-ietf-httpapi-idempotency-key-header): case matters.
    [Fact]
    public async Task Keys_that_differ_in_case_are_different()
    {
        var alice = await kumiko.AliceAsync();
        var key = NewKey() + "a";
        var first = (await WriteOnceAsync(alice, "case", key)).Is(201);
        var second = (await WriteOnceAsync(alice, "case", key[..^1] + "A")).Is(201);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task A_key_does_not_replace_a_token()
    {
        var alice = await kumiko.AliceAsync();
        var key = NewKey();
        (await WriteOnceAsync(alice, "mine", key)).Is(201);
        (await WriteOnceAsync(kumiko.Anyone, "mine", key)).IsProblem(401);
    }

    [Fact]
    public async Task An_invalid_post_can_be_corrected_and_sent_with_a_new_key()
    {
        var alice = await kumiko.AliceAsync();
        (await WriteOnceAsync(alice, "   ", NewKey())).IsProblemWith(422, "content");
        (await WriteOnceAsync(alice, "mended", NewKey())).Is(201);
    }

    [Fact]
    public async Task A_registration_repeated_with_its_key_gets_the_first_answer()
    {
        var (key, name) = (NewKey(), Person.UniqueName("twice"));
        var body = new
        {
            email = $"{name}@example.test",
            username = name,
            password = $"pass of {name}",
        };
        var first = (await kumiko.Anyone.PostAsync("/api/auth/register", body, ("Idempotency-Key", key))).Is(201);
        var second = (await kumiko.Anyone.PostAsync("/api/auth/register", body, ("Idempotency-Key", key))).Is(201);
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal(first.Text, second.Text);
        var other = body with { password = "another password" };
        (await kumiko.Anyone.PostAsync("/api/auth/register", other, ("Idempotency-Key", key))).IsProblem(422);
    }

    [Fact]
    public async Task Registrations_of_two_people_may_have_the_same_key()
    {
        var key = NewKey();
        foreach (var name in (string[])[Person.UniqueName("one"), Person.UniqueName("two")])
        {
            var body = new
            {
                email = $"{name}@example.test",
                username = name,
                password = $"pass of {Guid.NewGuid():N}",
            };
            Assert.Null(
                (await kumiko.Anyone.PostAsync("/api/auth/register", body, ("Idempotency-Key", key))).Is(201).Header("Idempotent-Replayed")
            );
        }
    }

    [Fact]
    public async Task A_replay_does_not_bring_back_a_deleted_post()
    {
        var alice = await kumiko.AliceAsync();
        var key = NewKey();
        var post = (await WriteOnceAsync(alice, "said in haste", key)).Is(201);
        (await alice.DeleteAsync($"/api/crud/posts/{post.Id}")).Is(204);
        var replay = (await WriteOnceAsync(alice, "said in haste", key)).IsProblem(410);
        Assert.DoesNotContain("said in haste", replay.Text, StringComparison.Ordinal);
        (await WriteOnceAsync(alice, "another text", key)).IsProblem(422);
    }

    [Fact]
    public async Task A_replay_does_not_bring_back_a_deleted_account()
    {
        var (key, name) = (NewKey(), Person.UniqueName("gone"));
        var body = new
        {
            email = $"{name}@example.test",
            username = name,
            password = $"pass of {Guid.NewGuid():N}",
        };
        (await kumiko.Anyone.PostAsync("/api/auth/register", body, ("Idempotency-Key", key))).Is(201);
        var session = (
            await kumiko.Anyone.PostAsync(
                "/api/auth/login",
                new
                {
                    body.email,
                    body.password,
                    token_delivery = "body",
                }
            )
        ).Is(200);
        (await kumiko.Anyone.With(session["access_token"].GetString()).DeleteAsync("/api/auth/me", new { body.password })).Is(204);
        var replay = (await kumiko.Anyone.PostAsync("/api/auth/register", body, ("Idempotency-Key", key))).IsProblem(410);
        Assert.DoesNotContain(body.email, replay.Text, StringComparison.Ordinal);
    }

    private static string NewKey() => Guid.NewGuid().ToString();

    private static Task<Answer> WriteOnceAsync(Caller caller, string content, string key) =>
        caller.PostAsync("/api/crud/posts", new { content }, ("Idempotency-Key", key));
}
