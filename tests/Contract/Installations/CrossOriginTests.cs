namespace Kumiko.Contract.Installations;

/// <summary>Pages of other origins, which <c>Cors:Origins</c> allows.</summary>
public class CrossOriginTests
{
    private const string Friend = "https://app.example";
    private const string Other = "https://other.example:8443";

    [Fact]
    public async Task A_page_of_a_named_origin_may_call_the_whole_API_and_read_its_headers()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await ((IInstallation)installation).StartAsync(("Cors__Origins", $"{Friend}, {Other}"));
        using var caller = new Caller(host.Address);
        foreach (var origin in (string[])[Friend, Other])
        {
            foreach (var operation in await Operation.AllOfAsync(caller))
            {
                var preflight = (
                    await caller.SendAsync(
                        HttpMethod.Options,
                        operation.PathTo(1),
                        null,
                        ("Origin", origin),
                        ("Access-Control-Request-Method", operation.Method.Method),
                        ("Access-Control-Request-Headers", "authorization,content-type,if-match,idempotency-key")
                    )
                ).Is(204);
                Assert.Equal(origin, preflight.Header("Access-Control-Allow-Origin"));
                Assert.Contains(operation.Method.Method, preflight.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
                Assert.Contains("authorization", preflight.Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
                Assert.Contains("idempotency-key", preflight.Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
            }

            // Failures are readable, too, or a page couldn't show the reason.
            Answer[] answers =
            [
                (await caller.GetAsync("/api/crud/posts", ("Origin", origin))).Is(200),
                (await caller.GetAsync("/api/crud/posts/0", ("Origin", origin))).IsProblem(404),
                (await caller.GetAsync("/api/auth/me", ("Origin", origin))).IsProblem(401),
                (await caller.PostAsync("/api/auth/login", Caller.Json("{"), ("Origin", origin))).IsProblem(400),
                (await caller.GetAsync("/openapi/posts.json", ("Origin", origin))).Is(200),
            ];
            Assert.All(
                answers,
                answer =>
                {
                    Assert.Equal(origin, answer.Header("Access-Control-Allow-Origin"));
                    Assert.Contains("Origin", answer.Header("Vary"), StringComparison.Ordinal);
                    foreach (var header in (string[])["ETag", "Location", "Retry-After", "X-Trace-Id", "Idempotent-Replayed", "RateLimit"])
                        Assert.Contains(header, answer.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
                    // The cookie is only for pages of this origin.
                    Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
                }
            );
        }

        foreach (var origin in (string[])["https://evil.example", "http://app.example", "https://app.example.evil.test", "null"])
        {
            var answer = (await caller.GetAsync("/api/crud/posts", ("Origin", origin))).Is(200);
            Assert.Null(answer.Header("Access-Control-Allow-Origin"));
            Assert.Contains("Origin", answer.Header("Vary"), StringComparison.Ordinal);
        }
    }
}
