using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kumiko.Contract.Hosting.Fuzz;

/// <summary>A request to a real operation with something wrong in its path, query, headers or body, or in several of them.</summary>
public sealed class MalformedRequest : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Ids =
    [
        "0",
        "-1",
        "1.5",
        "1e9",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999999999",
        "abc",
        "null",
        "NaN",
        "%00",
        "%0d%0a",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%5c..",
        "%F0%9F%92%A3",
        "%ff%fe",
        "%zz",
        "' or 1=1 --",
        "%27%20or%201%3D1",
        "1;drop table posts",
        "{id}",
        "٣",
        "１",
        "+1",
        "%20%201",
        "0x10",
        "1_000",
        "true",
        "~",
        "*",
        "a%2fb",
    ];

    private static readonly string[] Words =
    [
        "",
        " ",
        "0",
        "-1",
        "101",
        "1.5",
        "abc",
        "null",
        "true",
        "[]",
        "{}",
        "%00",
        "%ff",
        "%zz",
        "\u0007",
        "日本",
        "😀",
        "e\u0301",
        "\uFFFE",
        "\uFFFF",
        "\u202E",
        "' or '1'='1",
        "\" or \"\"=\"",
        "%' --",
        "_",
        "+a -b *c \"d (e) ~f <g >h @i",
        "a NEAR b",
        "a* OR b*",
        "\"",
        "\\",
        "MATCH",
        "99999999999999999999",
        "-9223372036854775808",
        "1e308",
        "NaN",
        "../../etc/passwd",
        "${jndi:ldap://x}",
        "{{7*7}}",
        "<script>alert(1)</script>",
        "%0d%0aX-Evil: 1",
        "cursor",
        "AAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ];

    private static readonly string[] Literals =
    [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e400",
        "-0",
        "9223372036854775808",
        "123456789012345678901234567890",
        "\"\"",
        "\" \"",
        "\"x\"",
        "\"\\u0000\"",
        "\"\\ud83d\"",
        "\"\\udc00\\ud83d\"",
        "\"\\u0007\\u001b\"",
        "\"\\ufffe\\uffff\"",
        "[]",
        "[\"x\"]",
        "[[[[]]]]",
        "{}",
        "{\"x\":1}",
        "\"日本😀\"",
        "\"unterminated",
        "'single'",
        "NaN",
        "Infinity",
        "undefined",
        "0x10",
        "01",
        "\"tab\tnewline\n\"",
        "\"\u0000\"",
        "\"' or 1=1 --\"",
        "\"somebody@example.test\"",
        "\"password\"",
        "\"a reasonable password\"",
        "\"body\"",
        "\"cookie\"",
        "\"2026-01-01\"",
    ];

    private static readonly string?[] MediaTypes =
    [
        "application/json; charset=utf-8",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
        "text/plain",
        "text/json",
        "application/xml",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "nonsense",
        ";;;",
        null,
    ];

    private static readonly (string Name, string[] Values)[] HeaderPool =
    [
        ("Accept", ["text/html", "*/*;q=0", "nonsense", ",,,", "application/json;q=9"]),
        ("If-Match", ["*", "\"x\"", "x", "W/\"x\"", "\"", "\"\"", ",", "\"a\",\"b\"", "日本"]),
        ("If-None-Match", ["*", "\"x\"", "x", "W/", "\"", ",,", "日本"]),
        ("If-Modified-Since", ["yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"]),
        ("Idempotency-Key", ["", " ", "a", "a b", "日本", "\t", "same-for-all", "'\"--"]),
        (
            "traceparent",
            [
                "nonsense",
                "00-00000000000000000000000000000000-0000000000000000-00",
                "ff-",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            ]
        ),
        ("tracestate", ["a=b", ",,,=", "日本=x"]),
        (
            "Cookie",
            [
                "__Secure-kumiko_refresh=junk",
                "__Secure-kumiko_refresh=",
                "=;=;",
                "a=\"",
                "__Secure-kumiko_refresh=%00; __Secure-kumiko_refresh=x",
            ]
        ),
        ("Range", ["bytes=0-0", "bytes=9-1", "nonsense"]),
        ("Content-Encoding", ["gzip", "br", "nonsense", "identity", "", "gzip, br", ",,", "日本"]),
        ("X-Forwarded-For", ["127.0.0.1", "nonsense", "1.2.3.4, ::1, ' or 1=1", "日本"]),
        ("X-Forwarded-Proto", ["https", "gopher"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("Accept-Language", ["ja", "xx-YY-ZZZZ;q=2", "*"]),
        ("Accept-Encoding", ["gzip", "br;q=0, *;q=0", "nonsense"]),
        ("User-Agent", ["", "x", "日本", "<script>"]),
        ("Origin", ["null", "http://evil.test"]),
        ("Expect", ["nonsense"]),
        ("Date", ["nonsense"]),
    ];

    private static readonly HttpMethod[] Methods =
    [
        HttpMethod.Put,
        HttpMethod.Patch,
        HttpMethod.Delete,
        HttpMethod.Post,
        HttpMethod.Get,
        HttpMethod.Head,
        HttpMethod.Options,
        HttpMethod.Trace,
        new("PURGE"),
        new("PROPFIND"),
        new("get"),
    ];

    private readonly HttpMethod _method;
    private readonly string _path;
    private readonly List<(string Name, string Value)> _headers = [];
    private readonly HttpContent? _body;
    private readonly string _bodyText;
    private readonly bool _isLarge;

    public MalformedRequest(Operation operation, Random random, Person person, Answer known, string tagOfAnother)
    {
        _method = random.Next(8) == 0 ? Pick(random, Methods) : operation.Method;
        _path = PathOf(operation, random, known.Id) + QueryOf(operation, random);
        for (var n = random.Next(4) - 1; n > 0; n--)
        {
            var (name, values) = Pick(random, HeaderPool);
            if (_headers.TrueForAll(header => header.Name != name))
                _headers.Add((name, random.Next(10) == 0 ? new string('x', random.Next(5_000)) : Pick(random, values)));
        }

        // Another person's tag must match nothing of this person's.
        if (random.Next(6) == 0)
            _headers.Add((Pick(random, ["If-Match", "If-None-Match"]), Marked(Pick(random, [known.ETag, tagOfAnother]), random)));

        var authorization = random.Next(10) switch
        {
            0 => null,
            1 => "Bearer " + Pick(random, Words),
            2 => "Bearer " + Mutated(person.AccessToken!, random),
            3 => Pick(random, ["", "Basic YTpi", "Bearer", "Bearer a.b.c", "Digest x", "Bearer eyJhbGciOiJub25lIn0.e30."]),
            4 => "Bearer " + TokenOf(person.AccessToken!, random),
            _ => "Bearer " + person.AccessToken,
        };
        if (authorization is not null)
            _headers.Add(("Authorization", authorization));

        var bytes = _method == HttpMethod.Get || _method == HttpMethod.Head ? null : BodyOf(operation, random);
        _bodyText = bytes is null ? "nothing" : Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 300)));
        if (bytes is null)
            return;
        _body = new ByteArrayContent(bytes);

        // A server may close the connection when it refuses to read a body to the end. The next request must not suffer from that.
        _isLarge = bytes.Length > 64 * 1024;
        if (_isLarge)
            _headers.Add(("Connection", "close"));
        if ((random.Next(4) == 0 ? Pick(random, MediaTypes) : "application/json") is { } mediaType)
            _body.Headers.TryAddWithoutValidation("Content-Type", mediaType);
    }

    /// <summary>Whether the answer has no body to check.</summary>
    public bool IsForHeadersOnly => _method == HttpMethod.Head || _method == HttpMethod.Options;

    /// <summary>Whether the request claims to know the resource, in any version.</summary>
    public bool KnowsAnyVersion => _headers.Contains(("If-None-Match", "*"));

    /// <summary>
    /// Whether the HTTP server itself may reject this before Kumiko sees it: a null in a path, an unknown expectation, a header that isn't
    /// ASCII.
    /// </summary>
    public bool IsRejectedByServer =>
        _path.Contains("%00", StringComparison.Ordinal)
        || _headers.Exists(header =>
            header.Name == "Expect" || header.Value.Any(character => character > 0x7E || char.IsControl(character))
        );

    /// <summary>
    /// Whether the connection may end before the body is sent: Kestrel answers an invalid request and closes without reading the rest, and
    /// a client that is still writing may then lose the answer.
    /// </summary>
    public bool MayBeCutOff => IsRejectedByServer && _isLarge;

    public Task<Answer> SendAsync(Caller caller) => caller.SendAsync(_method, _path, _body, [.. _headers]);

    public void Dispose() => _body?.Dispose();

    public override string ToString() =>
        $"{_method} {_path} {string.Join(" | ", _headers.Where(header => header.Name != "Authorization").Select(Shortened))} "
        + $"{_body?.Headers.ContentType} {_bodyText}";

    private static string Shortened((string Name, string Value) header) =>
        $"{header.Name}: {(header.Value.Length > 80 ? header.Value[..80] : header.Value)}";

    private static string PathOf(Operation operation, Random random, long knownId)
    {
        var text = operation.Path;
        while (text.IndexOf('{', StringComparison.Ordinal) is var start and >= 0 && text.IndexOf('}', start) is var end and > 0)
        {
            var id = random.Next(4) == 0 ? $"{knownId}" : Escaped(Pick(random, Ids));
            text = text[..start] + (id.Contains('{', StringComparison.Ordinal) ? "%7Bid%7D" : id) + text[(end + 1)..];
        }

        return random.Next(20) switch
        {
            0 => text + "/",
            1 => text + "/" + Escaped(Pick(random, Ids)),
            2 => text.Replace("/api", "/api/", StringComparison.Ordinal),
            3 => text.ToUpperInvariant(),
            _ => text,
        };
    }

    private static string QueryOf(Operation operation, Random random)
    {
        var query = new List<string>();
        foreach (var name in operation.Queries.Append("unknown"))
        {
            for (var n = random.Next(3); n > 0; n--)
                query.Add(
                    $"{name}={Escaped(random.Next(15) switch
                {
                    0 => new string('9', random.Next(2_000)),
                    1 or 2 or 3 => OfAnyScript(random),
                    _ => Pick(random, Words),
                })}"
                );
        }

        if (random.Next(20) == 0)
            query.Add(Pick(random, ["&&&", "=", "=x", "limit", "limit[]=1", "q[a]=b", "%=%"]));
        return query.Count == 0 ? "" : "?" + string.Join('&', query);
    }

    // What is already escaped stays as it is, well or badly.
    private static string Escaped(string text) =>
        text.Contains('%', StringComparison.Ordinal) ? text.Replace(" ", "%20", StringComparison.Ordinal) : Uri.EscapeDataString(text);

    private static byte[]? BodyOf(Operation operation, Random random)
    {
        var members = operation.Members.Count == 0 ? ["content"] : operation.Members;
        var text =
            "{"
            + string.Join(',', members.Where(_ => random.Next(8) != 0).Select(member => $"\"{member}\":{LiteralOf(member, random)}"))
            + "}";
        var bytes = Encoding.UTF8.GetBytes(text);
        switch (random.Next(25))
        {
            case 0:
                return null;
            case 1:
                return bytes[..random.Next(bytes.Length)];
            case 2:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            case 3:
                var noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                return noise;
            case 4:
                var depth = random.Next(5_000);
                return Encoding.UTF8.GetBytes($"{{\"{members[0]}\":{new string('[', depth)}{new string(']', depth)}}}");
            case 5:
                return Encoding.UTF8.GetBytes($"{{\"{members[0]}\":\"{new string('x', random.Next(60_000, 140_000))}\"}}");
            case 6:
                return Encoding.UTF8.GetBytes(Pick(random, Literals));
            case 7:
                return [0xEF, 0xBB, 0xBF, .. bytes];
            case 8:
                return Encoding.Unicode.GetBytes(text);
            case 9:
                return Encoding.UTF8.GetBytes(
                    text[..^1] + string.Concat(Enumerable.Range(0, random.Next(2_000)).Select(n => $",\"x{n}\":{n}")) + "}"
                );
            default:
                return bytes;
        }
    }

    private static string LiteralOf(string member, Random random) =>
        (random.Next(3), member) switch
        {
            (0, "content") => "\"some content\"",
            (0, "email") => $"\"fuzz{random.Next(1_000_000)}@example.test\"",
            (0, "username") => $"\"fuzz{random.Next(1_000_000)}\"",
            (0, _) => $"\"{new string('x', random.Next(200))}\"",
            (1, "email") => JsonSerializer.Serialize($"{OfAnyScript(random)}@{OfAnyScript(random)}.test", Plain),
            (1, _) => JsonSerializer.Serialize(OfAnyScript(random), Plain),
            _ => Pick(random, Literals),
        };

    // An encrypted token has five parts, and their content is irrelevant here.
    private static string TokenOf(string token, Random random)
    {
        var parts = token
            .Split('.')
            .Concat([
                "",
                "e30",
                "!",
                "//8",
                "bnVsbA",
                "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0",
                "eyJhbGciOiJFUzI1NiIsImtpZCI6N30",
                new string('A', random.Next(3_000)),
            ])
            .ToList();
        return string.Join('.', Enumerable.Range(0, Pick(random, [1, 2, 3, 3, 5, 5, 5, 8])).Select(_ => Pick(random, parts)));
    }

    private static string Marked(string tag, Random random) =>
        random.Next(4) switch
        {
            0 => "W/" + tag,
            1 => tag[..^1] + Pick(random, ["-gzip", ";gzip", "-br", "--gzip", "-nonsense"]) + "\"",
            _ => tag,
        };

    // Some letters of a random block, because a tester can't know all scripts.
    private static string OfAnyScript(Random random)
    {
        var block = random.Next(0x32000 >> 7) << 7;
        var runes = Enumerable.Range(0, random.Next(1, 40)).Select(_ => block + random.Next(128)).Where(Rune.IsValid);
        return string.Concat(runes.Select(rune => new Rune(rune).ToString()));
    }

    private static string Mutated(string token, Random random)
    {
        var place = random.Next(token.Length);
        return token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..];
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
