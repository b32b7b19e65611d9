using System.Text;

namespace Kumiko.Contract.Conventions;

public class BodyTests(RunningKumiko kumiko)
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"content\":\"cut")]
    [InlineData("{\"content\":\"x\"} and more")]
    [InlineData("{'content':'x'}")]
    [InlineData("not json at all")]
    [InlineData("\"content\"")]
    [InlineData("[]")]
    [InlineData("[{\"content\":\"x\"}]")]
    [InlineData("123")]
    [InlineData("null")]
    [InlineData("{\"content\":1}")]
    [InlineData("{\"content\":1e999}")]
    [InlineData("{\"content\":true}")]
    [InlineData("{\"content\":{}}")]
    [InlineData("{\"content\":[\"x\"]}")]
    [InlineData("{\"content\":\"lone \\ud83d surrogate\"}")]
    [InlineData("{\"content\":\"bad \\x escape\"}")]
    public async Task A_body_that_is_no_json_or_holds_another_type_is_unreadable(string body)
    {
        var alice = await kumiko.AliceAsync();
        var answer = await alice.PostAsync("/api/crud/posts", Caller.Json(body));
        answer.IsProblem(400);
    }

    [Theory]
    [InlineData("/api/auth/register")]
    [InlineData("/api/auth/login")]
    public async Task Every_endpoint_tells_unreadable_from_invalid(string path)
    {
        (await kumiko.Anyone.PostAsync(path, Caller.Json("{\"email\":7}"))).IsProblem(400);
        (await kumiko.Anyone.PostAsync(path, Caller.Json("{"))).IsProblem(400);
        (await kumiko.Anyone.PostAsync(path, Caller.Json("{}"))).IsProblemWith(422, "email");
        (await kumiko.Anyone.PostAsync(path, Caller.Json("{}"))).IsProblemWith(422, "password");
        (await kumiko.Anyone.PostAsync(path, Caller.Json("{\"email\":null}"))).IsProblemWith(422, "email");
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_unreadable()
    {
        var alice = await kumiko.AliceAsync();
        byte[] body = [.. "{\"content\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8];
        (await alice.PostAsync("/api/crud/posts", Caller.Bytes(body))).IsProblem(400);
    }

    [Fact]
    public async Task A_body_nested_a_thousand_deep_is_unreadable()
    {
        var alice = await kumiko.AliceAsync();
        var body = new string('[', 1_000) + new string(']', 1_000);
        (await alice.PostAsync("/api/crud/posts", Caller.Json($"{{\"content\":\"x\",\"more\":{body}}}"))).IsProblem(400);
    }

    [Fact]
    public async Task Members_that_nobody_knows_are_ignored()
    {
        var alice = await kumiko.AliceAsync();
        var answer = await alice.PostAsync("/api/crud/posts", Caller.Json("{\"content\":\"known\",\"id\":1,\"user_id\":1,\"colour\":[1,{}]}"));
        answer.Is(201);
        Assert.Equal(alice.Id, answer["user_id"].GetInt64());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_that_does_not_say_it_is_json_is_refused(string? mediaType)
    {
        var alice = await kumiko.AliceAsync();
        var body = Caller.Bytes("{\"content\":\"x\"}"u8.ToArray(), mediaType);
        (await alice.PostAsync("/api/crud/posts", body)).IsProblem(415);
    }

    [Fact]
    public async Task A_media_type_may_name_its_charset()
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PostAsync("/api/crud/posts", Caller.Json("{\"content\":\"文字\"}", "application/json; charset=utf-8"))).Is(201);
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_too_large()
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PostAsync("/api/crud/posts", Caller.Json(OfSize(64 * 1024 + 1)))).IsProblem(413);
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_too_large_even_when_it_does_not_say_its_length()
    {
        var alice = await kumiko.AliceAsync();
        using var request = new StreamContent(new EndlessJson(200 * 1024));
        request.Headers.ContentType = new("application/json");
        (await alice.PostAsync("/api/crud/posts", request)).IsProblem(413);
    }

    [Fact]
    public async Task A_charset_that_nobody_knows_is_refused()
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PostAsync("/api/crud/posts", Caller.Json("{\"content\":\"x\"}", "application/json; charset=nonsense"))).IsProblem(415);
    }

    [Fact]
    public async Task A_body_of_exactly_64_KiB_is_read()
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PostAsync("/api/crud/posts", Caller.Json(OfSize(64 * 1024)))).IsProblemWith(422, "content");
    }

    private static string OfSize(int bytes) => "{\"content\":\"" + new string('x', bytes - 14) + "\"}";

    // A stream that cannot seek is sent in chunks, without Content-Length.
    private sealed class EndlessJson(int length) : MemoryStream(Encoding.UTF8.GetBytes(OfSize(length)))
    {
        public override bool CanSeek => false;
    }
}
