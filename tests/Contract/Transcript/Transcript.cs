using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kumiko.Contract.Transcript;

/// <summary>
/// Records requests and answers, with a label in place of everything that differs between runs: wherever its id appears, the first post is
/// <c>‹post 1›</c>.
/// </summary>
public sealed partial class Transcript
{
    // The headers that a client acts on. Others depend on the proxy: Date, Server, Via, compression, its security headers.
    private static readonly string[] Telling =
    [
        "Allow",
        "Cache-Control",
        "Content-Type",
        "ETag",
        "Idempotent-Replayed",
        "Location",
        "Retry-After",
        "Set-Cookie",
        "WWW-Authenticate",
        "X-Content-Type-Options",
        "X-Trace-Id",
    ];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, string> _labels = [];
    private readonly Dictionary<string, int> _counts = [];

    public override string ToString() => _text.ToString();

    /// <summary>Shows a label wherever this text occurs.</summary>
    public void Name(string value, string label) => _names[value] = $"‹{label}›";

    /// <summary>Sends a request and records the exchange.</summary>
    public async Task<Answer> AskAsync(
        Caller caller,
        string method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    )
    {
        var answer = await caller.SendAsync(new HttpMethod(method), path, body, headers);
        // In this order, since the body provides the label for the id in the headers.
        var shown = Body(answer, path);
        var answered = Headers(answer);
        _text.Append('\n').Append(method).Append(' ').AppendLine(Masked(path, path));
        _text.Append(answer.Status).AppendLine().Append(answered).AppendLine(shown);
        return answer;
    }

    private string Headers(Answer answer)
    {
        var shown = new StringBuilder();
        foreach (var name in Telling)
        {
            if (answer.Header(name) is not { } value)
                continue;
            value = name switch
            {
                "ETag" => Label("etag", value),
                "X-Trace-Id" => "‹trace›",
                "Set-Cookie" => CookieValue().Replace(value, "=‹token›;"),
                "Allow" => string.Join(", ", value.Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)),
                _ => Masked(value, value),
            };
            shown.Append(name).Append(": ").AppendLine(value);
        }

        return shown.ToString();
    }

    private string Body(Answer answer, string path)
    {
        if (answer.Bytes.Length == 0)
            return "";
        if (answer.Header("Content-Type")?.Contains("json", StringComparison.Ordinal) != true)
            return Masked(answer.Text, path);
        return Masked(JsonSerializer.Serialize(answer.Json, Indented), path);
    }

    private string Masked(string value, string path)
    {
        foreach (var (known, label) in _names)
            value = value.Replace(known, label, StringComparison.Ordinal);
        value = Id().Replace(value, id => $"\"{id.Groups[1].Value}\": {Label(KindOf(id.Groups[1].Value, path), id.Groups[2].Value)}");
        value = KnownId()
            .Replace(
                value,
                id =>
                    _labels.TryGetValue($"{id.Groups[2].Value} {id.Groups[4].Value}", out var label)
                        ? id.Groups[1].Value + id.Groups[3].Value + label
                        : id.Value
            );
        value = Secret().Replace(value, secret => $"\"{secret.Groups[1].Value}\": \"‹{secret.Groups[1].Value}›\"");
        value = Time().Replace(value, "‹time›");
        return CursorInPath().Replace(value, "cursor=‹cursor›");
    }

    // Ids of different kinds can be equal, so a label depends on both the kind and the value.
    private string Label(string kind, string value)
    {
        if (_labels.TryGetValue($"{kind} {value}", out var label))
            return label;
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        return _labels[$"{kind} {value}"] = $"‹{kind} {_counts[kind]}›";
    }

    private static string KindOf(string member, string path) =>
        member switch
        {
            "user_id" => "user",
            _ when path.StartsWith("/api/crud/", StringComparison.Ordinal) => "post",
            _ when path.StartsWith("/api/auth/sessions", StringComparison.Ordinal) => "session",
            _ => "user",
        };

    [GeneratedRegex(@"""(id|user_id)"": (\d+)")]
    private static partial Regex Id();

    // In paths, queries and sentences.
    [GeneratedRegex(@"(?<!‹)(\b(post|user|session))(s/|_id=| )(\d+)")]
    private static partial Regex KnownId();

    [GeneratedRegex(@"""(trace_id|access_token|refresh_token|next_cursor|kid|x|y|address)"": ""[^""]*""")]
    private static partial Regex Secret();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]
    private static partial Regex Time();

    [GeneratedRegex(@"cursor=[^&\s""]{20,}")]
    private static partial Regex CursorInPath();

    [GeneratedRegex("(?<=(?:^|, )__[^=;,]+)=[^;]+;")]
    private static partial Regex CookieValue();
}
