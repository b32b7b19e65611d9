using System.Buffers.Text;
using System.Text;
using CsCheck;

namespace Kumiko.Contract.Identity;

/// <summary>With anything in place of a token, the request is rejected, or answered as if there were no token, and nothing fails.</summary>
public class MalformedTokenTests(RunningKumiko kumiko)
{
    private static readonly string[] Parts =
    [
        "",
        "A",
        "AA",
        "AAAA",
        "e30",
        "bnVsbA",
        "W10",
        "!",
        "=",
        "e30=",
        "%00",
        "日本",
        "//8",
        Encoded("""{"alg":"ES256","kid":"x","typ":"at+jwt"}"""),
        Encoded("""{"alg":"ES256","kid":7}"""),
        Encoded("""{"alg":"ES256","kid":{"a":[]}}"""),
        Encoded("""{"alg":"ES256","kid":null,"typ":["at+jwt"]}"""),
        Encoded("""{"alg":["ES256"],"kid":""}"""),
        Encoded("""{"alg":"dir","enc":"A256GCM","kid":"x"}"""),
        Encoded("""{"alg":"RSA-OAEP","enc":"A128CBC-HS256","zip":"DEF"}"""),
        Encoded("""{"alg":"ES256","kid":"x","crit":["exp"],"b64":false}"""),
        Encoded("""{"alg":"ES256","alg":"none","kid":"a","kid":"b"}"""),
        Encoded("""{"sub":"1","sid":"1","exp":9999999999}"""),
        Encoded("""{"sub":1,"sid":[],"exp":"soon","nbf":{},"iat":1e400,"aud":[7,null]}"""),
        Encoded("""{"exp":99999999999999999999,"iat":-1}"""),
        Encoded("{\"kid\":\"cut"),
        Encoded("\"text\""),
        Encoded("[1,2]"),
        Encoded(new string('[', 2_000)),
        Encoded("{\"kid\":\"" + new string('k', 6_000) + "\"}"),
    ];

    public static TheoryData<string> Tokens =>
        [
            "",
            ".",
            "..",
            "...",
            "....",
            ".....",
            "e30.A.A.A.A",
            "e30.A.A",
            "e30..",
            "..e30",
            "a.b.c.d.e",
            "eyJhbGciOiJkaXIifQ..!.!.!",
            "x",
            "日本",
            "\"",
            "a b.c d.e",
            "..........",
        ];

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task Every_endpoint_refuses_what_is_not_a_token(string token)
    {
        var operations = await Operation.AllOfAsync(kumiko.Anyone);
        Assert.Contains(operations, operation => operation.NeedsToken);
        foreach (var operation in operations)
            await RefusesAsync(operation, token);
    }

    [Fact]
    public async Task Every_endpoint_refuses_tokens_assembled_from_other_parts()
    {
        var operations = (await Operation.AllOfAsync(kumiko.Anyone))
            .Where(operation => operation.NeedsToken || operation.Path.EndsWith("/logout", StringComparison.Ordinal))
            .ToList();
        var part = Gen.OneOf(
            Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]),
            Gen.Byte.Array[0, 40].Select(bytes => Base64Url.EncodeToString(bytes)),
            Gen.Char['!', '~'].Array[0, 20].Select(text => new string(text))
        );
        var tokens = Gen.OneOf(part.Array[3], part.Array[5], part.Array[1, 8]).Select(parts => string.Join('.', parts));
        await Gen.Select(Gen.Int[0, operations.Count - 1].Select(i => operations[i]), tokens)
            .SampleAsync(async (operation, token) => await RefusesAsync(operation, token), iter: 400, threads: 2);
    }

    private async Task RefusesAsync(Operation operation, string token)
    {
        var answer = await kumiko.Anyone.SendAsync(
            operation.Method,
            operation.PathTo(0),
            operation.Members.Count == 0 ? null : new { },
            ("Authorization", "Bearer " + token)
        );
        Assert.True(answer.Status < 500, $"{answer}\nto the token {token}");
        if (operation.NeedsToken)
            Assert.StartsWith("Bearer", answer.IsProblem(401).Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
