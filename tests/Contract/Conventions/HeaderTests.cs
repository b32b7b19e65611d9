namespace Kumiko.Contract.Conventions;

/// <summary>The headers of every answer that protect a browser.</summary>
public class HeaderTests(RunningKumiko kumiko)
{
    [Theory]
    [InlineData("GET", "/api/crud/posts", 200)]
    [InlineData("GET", "/api/crud/posts?limit=0", 400)]
    [InlineData("GET", "/api/crud/posts/0", 404)]
    [InlineData("GET", "/api/crud/posts/stream/nothing", 404)]
    [InlineData("GET", "/api/crud/health", 200)]
    [InlineData("GET", "/api/auth/me", 401)]
    [InlineData("POST", "/api/auth/logout", 204)]
    [InlineData("POST", "/api/crud/health", 405)]
    [InlineData("GET", "/api/auth/.well-known/jwks.json", 200)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("GET", "/openapi/posts.json", 200)]
    [InlineData("GET", "/openapi/identity.json", 200)]
    public async Task An_answer_that_is_not_a_page_gives_a_browser_no_rights(string method, string path, int status)
    {
        var caller = status == 204 ? await kumiko.NewPersonAsync() : kumiko.Anyone;
        var answer = (await caller.SendAsync(new HttpMethod(method), path, null)).Is(status);
        Protect(answer);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
    }

    /// <summary>Asserts the headers that every answer has, whether it is a page or not.</summary>
    internal static void Protect(Answer answer)
    {
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("strict-origin-when-cross-origin", answer.Header("Referrer-Policy"));
        Assert.Contains("camera=()", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Contains("default-src", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotMatch("script-src[^;]*'unsafe-", answer.Header("Content-Security-Policy"));
        Assert.Null(answer.Header("Server"));
        var mediaType = answer.Header("Content-Type") ?? "";
        Assert.True(
            !mediaType.StartsWith("text/html", StringComparison.Ordinal)
                || mediaType.Replace(" ", "", StringComparison.Ordinal) == "text/html;charset=utf-8",
            mediaType
        );
    }
}
