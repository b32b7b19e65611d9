namespace Kumiko.Contract.Conventions;

public class RoutingTests(RunningKumiko kumiko)
{
    [Theory]
    [InlineData("/api")]
    [InlineData("/api/nothing")]
    [InlineData("/api/crud")]
    [InlineData("/api/crud/nothing")]
    [InlineData("/api/crud/posts/1/nothing")]
    [InlineData("/api/auth/nothing")]
    [InlineData("/api/日本語")]
    public async Task An_unknown_path_under_api_is_not_found(string path)
    {
        var answer = (await kumiko.Anyone.GetAsync(path)).IsProblem(404);
        Assert.Equal(path, Uri.UnescapeDataString(answer["instance"].GetString()!));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("9223372036854775807")]
    public async Task An_unknown_id_is_not_found(string id)
    {
        (await kumiko.Anyone.GetAsync($"/api/crud/posts/{id}")).IsProblem(404);
        (await kumiko.Anyone.GetAsync($"/api/auth/users/{id}")).IsProblem(404);
    }

    [Theory]
    [InlineData("PATCH", "/api/crud/posts", "GET", "POST")]
    [InlineData("DELETE", "/api/crud/posts", "GET", "POST")]
    [InlineData("POST", "/api/crud/posts/1", "GET", "PUT", "DELETE")]
    [InlineData("POST", "/api/crud/health", "GET")]
    [InlineData("GET", "/api/auth/register", "POST")]
    [InlineData("GET", "/api/auth/login", "POST")]
    [InlineData("GET", "/api/auth/refresh", "POST")]
    [InlineData("PUT", "/api/auth/me", "GET", "PATCH", "DELETE")]
    [InlineData("POST", "/api/auth/sessions", "GET", "DELETE")]
    [InlineData("GET", "/api/auth/sessions/1", "DELETE")]
    [InlineData("PURGE", "/api/auth/users/1", "GET")]
    public async Task A_wrong_method_gets_the_list_of_allowed_ones(string method, string path, params string[] allowed)
    {
        var alice = await kumiko.AliceAsync();
        var answer = (await alice.SendAsync(new HttpMethod(method), path, null)).IsProblem(405);
        var listed = answer.Header("Allow")!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Subset(listed.ToHashSet(), allowed.ToHashSet());
        Assert.DoesNotContain(method, listed);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml")]
    [InlineData("image/png;q=0.5")]
    [InlineData("*/*;q=0")]
    [InlineData("nonsense")]
    public async Task An_error_is_a_problem_document_whatever_the_client_accepts(string accept)
    {
        (await kumiko.Anyone.GetAsync("/api/crud/posts/0", ("Accept", accept))).IsProblem(404);
        (await kumiko.Anyone.GetAsync("/api/nothing", ("Accept", accept))).IsProblem(404);
        (await kumiko.Anyone.GetAsync("/api/auth/login", ("Accept", accept))).IsProblem(405);
        (await kumiko.Anyone.GetAsync("/api/auth/me", ("Accept", accept))).IsProblem(401);
        (await kumiko.Anyone.GetAsync("/api/crud/posts?limit=0", ("Accept", accept))).IsProblem(400);
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_refused_with_a_reason()
    {
        (await kumiko.Anyone.GetAsync($"/api/crud/posts?q={new string('x', 9_000)}")).IsProblem(414);
        (await kumiko.Anyone.GetAsync($"/api/crud/posts?unknown={new string('x', 7_000)}")).Is(200);
    }

    // Many clients send an omitted parameter as an empty value.
    [Theory]
    [InlineData("/api/crud/posts", "limit", "cursor", "user_id", "q")]
    [InlineData("/api/auth/sessions", "limit", "cursor")]
    [InlineData("/api/auth/me/activity", "limit", "cursor")]
    [InlineData("/api/auth/admin/users", "limit", "cursor", "q", "role", "disabled")]
    [InlineData("/api/auth/admin/audit", "limit", "cursor", "actor", "subject", "action", "from", "to")]
    public async Task An_empty_parameter_counts_as_missing(string path, params string[] parameters)
    {
        var alice = await kumiko.WhoMayAsync(path);
        // The list of posts is empty if this test runs first.
        await alice.WriteAsync("one to list");
        foreach (var parameter in parameters)
        {
            (await alice.GetAsync($"{path}?{parameter}=")).Is(200);
            (await alice.GetAsync($"{path}?{parameter}")).Is(200);
        }

        (await alice.GetAsync($"{path}?{string.Join('&', parameters.Select(parameter => parameter + "="))}")).Is(200);
        Assert.Single((await alice.GetAsync($"{path}?limit=&limit=1&cursor=")).Is(200).Items);
        (await alice.GetAsync($"{path}?limit=0&cursor=")).IsProblem(400);
    }
}
