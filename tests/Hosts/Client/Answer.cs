using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kumiko.TestHosts.Client;

/// <summary>A whole response, read to the end.</summary>
/// <param name="Question">The method and path, for messages.</param>
/// <param name="Status">The status code.</param>
/// <param name="Headers">All headers, ignoring case.</param>
/// <param name="Bytes">The body as received.</param>
public sealed partial record Answer(string Question, int Status, IReadOnlyDictionary<string, List<string>> Headers, byte[] Bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a response to its end.</summary>
    /// <param name="question">The method and path, for messages.</param>
    /// <param name="response">The response.</param>
    public static async Task<Answer> ReadAsync(string question, HttpResponseMessage response) =>
        new(
            question,
            (int)response.StatusCode,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => header.Value.ToList(), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)
        );

    /// <summary>The body as text; fails on bytes that are not UTF-8.</summary>
    public string Text => Strict.GetString(Bytes);

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Bytes);

    /// <summary>A member of the JSON body. Fails with the body if there is none.</summary>
    public JsonElement this[string name] =>
        Json.TryGetProperty(name, out var value) ? value : throw new InvalidOperationException($"{this} has no {name}.");

    public long Id => this["id"].GetInt64();

    public string? Content => this["content"].GetString();

    /// <summary>The <c>items</c> of a list.</summary>
    public IReadOnlyList<JsonElement> Items => [.. this["items"].EnumerateArray()];

    /// <summary>The ids of the <c>items</c> of a list.</summary>
    public IReadOnlyList<long> Ids => [.. Items.Select(item => item.GetProperty("id").GetInt64())];

    public string? NextCursor => this["next_cursor"].GetString();

    public string ETag => Header("ETag") ?? throw new InvalidOperationException($"{this} has no ETag.");

    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? string.Join(", ", values) : null;

    /// <summary>Asserts the status and returns the answer itself.</summary>
    public Answer Is(int status)
    {
        Assert.True(Status == status, $"{this}\nwas to be {status}.");
        return this;
    }

    /// <summary>Asserts a complete RFC 9457 problem document of the given status that reveals no internals.</summary>
    public Answer IsProblem(int status)
    {
        Is(status);
        Assert.Equal("application/problem+json", Header("Content-Type")?.Split(';')[0]);
        Assert.Equal(status, this["status"].GetInt32());
        foreach (var member in (string[])["type", "title", "detail", "instance", "trace_id"])
            Assert.False(string.IsNullOrWhiteSpace(this[member].GetString()), $"{this}\nhas an empty {member}.");
        if (status == 401)
            Assert.False(string.IsNullOrWhiteSpace(Header("WWW-Authenticate")), $"{this}\nhas no WWW-Authenticate.");
        if (status == 405)
            Assert.False(string.IsNullOrWhiteSpace(Header("Allow")), $"{this}\nhas no Allow.");
        if (status is 429 or 503)
            Assert.Matches("^[0-9]+$", Header("Retry-After") ?? "");
        if (status == 429)
            Assert.Matches("(^|, )\"[a-z-]+\";r=0", Header("RateLimit") ?? "");
        return LeaksNothing();
    }

    /// <summary>Asserts a problem document whose <c>errors</c> contain the field, with at least one message.</summary>
    public Answer IsProblemWith(int status, string field)
    {
        IsProblem(status);
        Assert.True(this["errors"].TryGetProperty(field, out var messages), $"{this}\nnames no error of {field}.");
        Assert.All(messages.EnumerateArray(), message => Assert.False(string.IsNullOrWhiteSpace(message.GetString())));
        Assert.NotEqual(0, messages.GetArrayLength());
        return this;
    }

    /// <summary>Asserts that the body contains no stack trace, SQL, or internal type or file name.</summary>
    public Answer LeaksNothing()
    {
        var leak = Inside().Match(Encoding.UTF8.GetString(Bytes));
        Assert.False(leak.Success, $"{this}\nreveals the inside: {leak.Value}");
        return this;
    }

    public override string ToString()
    {
        var text = Encoding.UTF8.GetString(Bytes);
        return $"{Question} -> {Status} {(text.Length > 1_000 ? text[..1_000] + "…" : text)}";
    }

    [GeneratedRegex(
        @"\bat (Kumiko|Microsoft|System|Dapper|MySqlConnector|FluentValidation|Mediator)\.|\.cs:line|\.cs\b:|Exception\b"
            + @"|\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE\b.+\bSET\b|\bDELETE FROM\b|sqlite|mysql|/src/|/bin/"
            + @"|\.dll\b|Kumiko\.\w+\.|System\.\w+",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Inside();
}
