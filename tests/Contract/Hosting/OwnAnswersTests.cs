namespace Kumiko.Contract.Hosting;

/// <summary>What a Host answers and a proxy before it keeps to itself, leads elsewhere or settles on its own.</summary>
public class OwnAnswersTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task The_process_says_that_it_lives_and_is_ready()
    {
        (await kumiko.Anyone.GetAsync("/health/live")).Is(200);
        var ready = (await kumiko.Anyone.GetAsync("/health/ready")).Is(200).LeaksNothing();
        Assert.Contains("posts", ready.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("identity", ready.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_front_page_says_what_runs_here_and_where_to_read_on()
    {
        var page = (await kumiko.Anyone.GetAsync("/")).Is(200);
        Assert.Equal("text/html", page.Header("Content-Type")?.Split(';')[0]);
        Assert.Contains("/docs", page.Text, StringComparison.Ordinal);
        Assert.Contains("/health", page.Text, StringComparison.Ordinal);
    }

    // Whoever answers without reading such a body must hang up, and a client that is not told loses its next request.
    [Theory]
    [InlineData("POST", "/api/auth/login", "text/plain")]
    [InlineData("POST", "/api/crud/posts", "application/json")]
    [InlineData("PATCH", "/api/auth/login", "application/json")]
    [InlineData("POST", "/api/nothing", "application/json")]
    [InlineData("GET", "/api/crud/posts", "application/json")]
    public async Task A_client_that_sends_too_large_a_body_anywhere_is_told_that_the_connection_ends(string method, string path, string mediaType)
    {
        using var caller = new Caller(kumiko.Anyone.Address);
        var answer = await caller.SendAsync(new HttpMethod(method), path, Caller.Json("{\"content\":\"" + new string('x', 100_000) + "\"}", mediaType));
        Assert.Equal("close", answer.Header("Connection"));
    }
}
