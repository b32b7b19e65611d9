namespace Kumiko.Contract.Conventions;

public class TracingTests(RunningKumiko kumiko)
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task A_trace_that_the_client_began_is_continued()
    {
        var answer = await kumiko.Anyone.GetAsync("/api/crud/posts/0", ("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01"));
        answer.IsProblem(404);
        Assert.Contains(TraceId, answer["trace_id"].GetString(), StringComparison.Ordinal);
        Assert.Contains(TraceId, answer.Header("X-Trace-Id"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/crud/posts")]
    [InlineData("/api/crud/posts/0")]
    [InlineData("/api/auth/me")]
    [InlineData("/api/crud/health")]
    public async Task Every_answer_names_its_trace(string path)
    {
        var first = await kumiko.Anyone.GetAsync(path);
        var second = await kumiko.Anyone.GetAsync(path);
        Assert.Matches("[0-9a-f]{32}", first.Header("X-Trace-Id") ?? "");
        Assert.NotEqual(first.Header("X-Trace-Id"), second.Header("X-Trace-Id"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-00")]
    [InlineData("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-and-more")]
    public async Task A_malformed_trace_is_replaced_by_a_new_one(string traceparent)
    {
        var answer = (await kumiko.Anyone.GetAsync("/api/crud/posts/0", ("traceparent", traceparent))).IsProblem(404);
        Assert.Matches("[0-9a-f]{32}", answer.Header("X-Trace-Id") ?? "");
    }
}
