namespace Kumiko.Contract.Conventions;

/// <summary>No cache and no tag shows one person's answers to another.</summary>
public class PrivateAnswerTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Answers_that_need_a_token_are_never_cached()
    {
        var alice = await kumiko.NewPersonAsync("alice");
        var post = await alice.WriteAsync("mine");
        var operations = (await Operation.AllOfAsync(kumiko.Anyone)).Where(operation => operation.NeedsToken).ToList();
        Assert.NotEmpty(operations);
        // Delete the account last.
        foreach (var operation in operations.OrderBy(operation => operation is { Path: "/api/auth/me", Method.Method: "DELETE" }))
        {
            var body =
                operation.Members.Count == 0
                    ? null
                    : new
                    {
                        content = "mine",
                        username = Person.UniqueName("alice"),
                        password = alice.Password,
                        current_password = alice.Password,
                        new_password = alice.Password + "!",
                    };
            // Other people's sessions are not accessible, and that failure must be private, too.
            var answer = await alice.SendAsync(operation.Method, operation.PathTo(post.Id), body);
            Assert.True(answer.Status < 500, $"{answer}");
            Assert.True(answer.Header("Cache-Control") == "no-store", $"{answer}\nmay be kept: {answer.Header("Cache-Control")}");
        }
    }

    [Fact]
    public async Task Two_users_behind_one_cache_each_see_their_own_data()
    {
        var (alice, bob) = (await kumiko.NewPersonAsync("alice"), await kumiko.NewPersonAsync("bob"));
        var cache = new Dictionary<string, Answer>();
        // The export is not a text: ExportMeTests looks into it.
        foreach (
            var operation in (await Operation.AllOfAsync(kumiko.Anyone)).Where(operation =>
                operation.NeedsToken
                && operation.Method == HttpMethod.Get
                && operation.Path != "/api/auth/me/export"
                && !operation.Path.Contains("/admin/", StringComparison.Ordinal)
            )
        )
        {
            var path = operation.PathTo(1);
            var first = await ThroughAsync(cache, alice, path);
            var second = await ThroughAsync(cache, bob, path);
            Assert.DoesNotContain(alice.Username, second.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(bob.Username, (await ThroughAsync(cache, alice, path)).Text, StringComparison.Ordinal);
            // Two empty lists are equal.
            if (first.Text != """{"items":[],"next_cursor":null}""")
                Assert.NotEqual(first.Text, second.Text);
        }
    }

    [Fact]
    public async Task Two_accounts_have_different_tags()
    {
        var (alice, bob) = (await kumiko.NewPersonAsync("alice"), await kumiko.NewPersonAsync("bob"));
        var tag = (await alice.GetAsync("/api/auth/me")).Is(200).ETag;
        Assert.Equal(bob.Id, (await bob.GetAsync("/api/auth/me", ("If-None-Match", tag))).Is(200).Id);
        (await alice.GetAsync("/api/auth/me", ("If-None-Match", tag))).Is(304);
        (await bob.PatchAsync("/api/auth/me", new { username = Person.UniqueName("bob") }, ("If-Match", tag))).IsProblem(412);
    }

    [Fact]
    public async Task Signing_out_clears_the_browsers_cache()
    {
        var alice = await kumiko.NewPersonAsync("alice");
        Assert.Null((await alice.GetAsync("/api/auth/me")).Is(200).Header("Clear-Site-Data"));
        Assert.Equal("\"cache\"", (await alice.PostAsync("/api/auth/logout")).Is(204).Header("Clear-Site-Data"));
        await alice.SignInAsync();
        Assert.Equal(
            "\"cache\"",
            (await alice.DeleteAsync("/api/auth/me", new { password = alice.Password })).Is(204).Header("Clear-Site-Data")
        );
    }

    // A cache that revalidates each time and looks only at the address (RFC 9111 allows none less careful).
    private static async Task<Answer> ThroughAsync(Dictionary<string, Answer> cache, Caller caller, string path)
    {
        if (cache.TryGetValue(path, out var kept) && kept.Header("ETag") is { } tag)
        {
            var fresh = await caller.GetAsync(path, ("If-None-Match", tag));
            if (fresh.Status == 304)
                return kept;
            return Keep(fresh);
        }

        return Keep(await caller.GetAsync(path));

        Answer Keep(Answer answer)
        {
            // Even a cache that stores what it must not store must not learn that another person's answer is still valid.
            cache[path] = answer.Is(200);
            return answer;
        }
    }
}
