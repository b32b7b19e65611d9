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
    public async Task A_body_that_is_not_JSON_or_has_the_wrong_type_is_unreadable(string body)
    {
        var alice = await kumiko.AliceAsync();
        var answer = await alice.PostAsync("/api/crud/posts", Caller.Json(body));
        answer.IsProblem(400);
    }

    [Theory]
    [InlineData("/api/auth/register")]
    [InlineData("/api/auth/login")]
    public async Task Every_endpoint_distinguishes_unreadable_from_invalid_bodies(string path)
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
    public async Task Unknown_members_are_ignored()
    {
        var alice = await kumiko.AliceAsync();
        var answer = await alice.PostAsync(
            "/api/crud/posts",
            Caller.Json("{\"content\":\"known\",\"id\":1,\"user_id\":1,\"colour\":[1,{}]}")
        );
        answer.Is(201);
        Assert.Equal(alice.Id, answer["user_id"].GetInt64());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_without_a_JSON_media_type_is_refused(string? mediaType)
    {
        var alice = await kumiko.AliceAsync();
        var body = Caller.Bytes("{\"content\":\"x\"}"u8.ToArray(), mediaType);
        (await alice.PostAsync("/api/crud/posts", body)).IsProblem(415);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json;charset=\"Utf-8\"")]
    [InlineData("application/json; charset=\"u\\tf-8\"")]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=US-ASCII")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("Application/Json ; Charset=utf-8; profile=\"x;y\"")]
    [InlineData("application/problem+json")]
    [InlineData("application/merge-patch+json; charset=\"utf-8\"")]
    public async Task A_media_type_may_be_spelled_in_any_legal_way(string mediaType)
    {
        var alice = await kumiko.AliceAsync();
        var body = Caller.Bytes("{\"content\":\"文字\"}"u8.ToArray(), null);
        body.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        Assert.Equal("文字", (await alice.PostAsync("/api/crud/posts", body)).Is(201).Content);
    }

    // The bytes are UTF-8, so only the charset can be wrong.
    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("\"ISO-8859-1\"")]
    [InlineData("windows-1252")]
    [InlineData("shift_jis")]
    [InlineData("utf-7")]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    [InlineData("utf-8; charset=iso-8859-1")]
    [InlineData("nonsense")]
    public async Task A_body_in_a_charset_other_than_UTF8_is_refused_by_every_endpoint(string charset)
    {
        foreach (var operation in (await Operation.AllOfAsync(kumiko.Anyone)).Where(operation => operation.Members.Count > 0))
        {
            var body = Caller.Bytes("{}"u8.ToArray(), null);
            body.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");
            var alice = await kumiko.WhoMayAsync(operation.Path);
            (await alice.SendAsync(operation.Method, operation.PathTo(1), body)).IsProblem(415);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    [InlineData("deflate, gzip")]
    [InlineData("nonsense")]
    public async Task An_encoded_body_is_refused_by_every_endpoint(string coding)
    {
        foreach (var operation in (await Operation.AllOfAsync(kumiko.Anyone)).Where(operation => operation.Members.Count > 0))
        {
            var body = Caller.Json("{}");
            body.Headers.TryAddWithoutValidation("Content-Encoding", coding);
            var alice = await kumiko.WhoMayAsync(operation.Path);
            var answer = (await alice.SendAsync(operation.Method, operation.PathTo(1), body)).IsProblem(415);
            Assert.Equal("identity", answer.Header("Accept-Encoding"));
        }
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("IDENTITY")]
    [InlineData("identity, identity")]
    [InlineData("identity", "identity,Identity")]
    [InlineData("")]
    public async Task A_body_with_the_encoding_identity_is_read(params string[] lines)
    {
        var alice = await kumiko.AliceAsync();
        var body = Caller.Json("{\"content\":\"as it is\"}");
        body.Headers.TryAddWithoutValidation("Content-Encoding", lines);
        (await alice.PostAsync("/api/crud/posts", body)).Is(201);
    }

    // What curl sends for -d '', and what a streaming client sends when it has no content.
    [Theory]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/json", false)]
    [InlineData(null, false)]
    [InlineData("application/x-www-form-urlencoded", true)]
    [InlineData(null, true)]
    public async Task The_type_of_an_empty_body_does_not_matter(string? mediaType, bool isChunked)
    {
        var alice = await kumiko.NewPersonAsync("alice");
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", Empty())).IsProblem(401);
        (await alice.PatchAsync("/api/auth/me", Empty())).Is(200);
        // The first has a required field; in the second, all fields are optional.
        (await alice.PostAsync("/api/crud/posts", Empty())).IsProblem(400);
        (await alice.PostAsync("/api/auth/logout", Empty())).Is(204);

        HttpContent Empty()
        {
            HttpContent body = isChunked ? new StreamContent(new Unseekable([])) : new ByteArrayContent([]);
            if (mediaType is not null)
                body.Headers.TryAddWithoutValidation("Content-Type", mediaType);
            return body;
        }
    }

    [Theory]
    [InlineData("{\"content\":\"a\\ud800b\"}")]
    [InlineData("{\"content\":\"a\\udc00b\"}")]
    [InlineData("{\"content\":\"cut \\ud83d\"}")]
    [InlineData("{\"content\":\"a\u0080\"}")]
    public async Task Text_that_is_not_Unicode_is_reported_as_such(string body)
    {
        var alice = await kumiko.AliceAsync();
        // In Latin-1, the last character is a byte that is invalid in UTF-8 at that place.
        var answer = (await alice.PostAsync("/api/crud/posts", Caller.Bytes(Encoding.Latin1.GetBytes(body)))).IsProblem(400);
        Assert.Equal("The text at '$.content' is not valid Unicode.", answer["detail"].GetString());
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_is_reported_as_such()
    {
        var alice = await kumiko.AliceAsync();
        Assert.Equal(
            "The JSON value at '$.content' has the wrong type.",
            (await alice.PostAsync("/api/crud/posts", new { content = 1 })).IsProblem(400)["detail"].GetString()
        );
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_too_large()
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PostAsync("/api/crud/posts", Caller.Json(OfSize(64 * 1024 + 1)))).IsProblem(413);
    }

    [Fact]
    public async Task A_body_over_64_KiB_without_a_length_is_too_large()
    {
        var alice = await kumiko.AliceAsync();
        using var request = new StreamContent(new Unseekable(Encoding.UTF8.GetBytes(OfSize(200 * 1024))));
        request.Headers.ContentType = new("application/json");
        (await alice.PostAsync("/api/crud/posts", request)).IsProblem(413);
    }

    [Fact]
    public async Task A_body_of_exactly_64_KiB_is_read()
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PostAsync("/api/crud/posts", Caller.Json(OfSize(64 * 1024)))).IsProblemWith(422, "content");
    }

    private static string OfSize(int bytes) => "{\"content\":\"" + new string('x', bytes - 14) + "\"}";

    // A stream that can't seek is sent in chunks, without Content-Length.
    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
