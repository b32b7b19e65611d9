using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Kumiko.Contract.Documents;

/// <summary>
/// What the OpenAPI documents say about each operation's answers. Each answer that the suite receives is checked against it: the status,
/// the media type, the body and the headers must be described and must match their description.
/// </summary>
public sealed class DescribedAnswers
{
    // Headers with information about this particular answer. Those that every answer has, such as Date, need no description of their own.
    private static readonly string[] Telling =
    [
        "ETag",
        "Location",
        "Retry-After",
        "RateLimit",
        "RateLimit-Policy",
        "WWW-Authenticate",
        "Idempotent-Replayed",
        "Accept-Encoding",
        "Allow",
        "Link",
    ];

    private static readonly EvaluationOptions Brief = new() { RequireFormatValidation = true, OutputFormat = OutputFormat.Flag };
    private static readonly EvaluationOptions Detailed = new() { RequireFormatValidation = true, OutputFormat = OutputFormat.List };

    private readonly List<(Regex Path, string Method, Dictionary<string, Response> Responses)> _operations = [];

    // The library's own idn-email format rejects the non-ASCII letters that distinguish it from email.
    static DescribedAnswers() =>
        Formats.Register(new PredicateFormat("idn-email", value => value is null || Regex.IsMatch($"{value}", "^[^@]+@[^@]+$")));

    /// <param name="documents">The documents, as served.</param>
    public DescribedAnswers(params IEnumerable<string> documents)
    {
        foreach (var document in documents)
            Read(document);
    }

    /// <summary>Reads the documents of all modules.</summary>
    public static async Task<DescribedAnswers> OfAsync(Caller caller) =>
        new(await Task.WhenAll(Operation.Modules.Select(async module => (await caller.GetAsync($"/openapi/{module}.json")).Is(200).Text)));

    /// <summary>Fails with a reason if an answer doesn't match its description. Ignores paths and methods that are not described.</summary>
    public void Check(HttpMethod method, string path, Answer answer)
    {
        if (Complaint(method, path, answer) is { } complaint)
            Assert.Fail($"{answer}\nis not as the OpenAPI document says: {complaint}");
    }

    private string? Complaint(HttpMethod method, string path, Answer answer)
    {
        var described = method == HttpMethod.Head ? "get" : method.Method.ToLowerInvariant();
        var place = path.Split('?', '#')[0];
        var responses = _operations.Find(operation => operation.Method == described && operation.Path.IsMatch(place)).Responses;
        if (responses is null)
            return null;
        // Requests that are rejected before routing, and answers of a proxy itself.
        if (answer.Status is 414 or 431 or 502 or 504)
            return null;
        // The server's own refusals of what is not HTTP ("What the server refuses by itself" in docs/operations.md) come without a body and
        // a trace id, and so does the 503 of a proxy that has no instance to send a request to.
        if (answer.Status is 400 or 503 && answer.Bytes.Length == 0 && answer.Header("X-Trace-Id") is null)
            return null;
        if (!responses.TryGetValue($"{answer.Status}", out var response))
            return $"{answer.Status} is not among {string.Join(", ", responses.Keys)}.";

        foreach (var name in Telling)
        {
            if (answer.Header(name) is not { } value)
                continue;
            // RateLimit headers come with any status, so fall back to their description at 429.
            var header =
                response.Headers.GetValueOrDefault(name)
                ?? (
                    name.StartsWith("RateLimit", StringComparison.Ordinal)
                        ? responses.GetValueOrDefault("429")?.Headers.GetValueOrDefault(name)
                        : null
                );
            if (header is null)
                return $"{name} is not described.";
            if (Evaluate(header, JsonValue.Create(value)) is { } fault && Evaluate(header, AsNumber(value)) is not null)
                return $"{name} is '{value}': {fault}";
        }

        if (method == HttpMethod.Head || answer.Status == 304)
            return null;
        if (response.Bodies.Count == 0)
            return answer.Bytes.Length == 0 ? null : "There is a body, and none is described.";
        var type = answer.Header("Content-Type")?.Split(';')[0] ?? "no type";
        if (!response.Bodies.TryGetValue(type, out var body))
            return $"The body is of {type} instead of {string.Join(", ", response.Bodies.Keys)}.";
        // A client that asks for a compressed answer receives bytes that no schema describes.
        var isJson = type.EndsWith("json", StringComparison.Ordinal) && answer.Header("Content-Encoding") is null;
        return isJson ? Evaluate(body, JsonNode.Parse(answer.Bytes)) : null;
    }

    private void Read(string document)
    {
        // A schema is self-contained once the schemas that it refers to are inside it.
        var root = JsonNode.Parse(document.Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!;
        var shared = root["components"]!["schemas"]!.AsObject();
        foreach (var (_, schema) in shared)
            Close(schema!);
        foreach (var (path, methods) in root["paths"]!.AsObject())
        {
            var pattern = new Regex($"^{Regex.Replace(Regex.Escape(path), @"\\\{[^}]+}", "[^/]+")}$");
            foreach (
                var (method, operation) in methods!
                    .AsObject()
                    .Where(member => member.Value is JsonObject one && one.ContainsKey("responses"))
            )
                _operations.Add(
                    (
                        pattern,
                        method,
                        operation!["responses"]!
                            .AsObject()
                            .ToDictionary(response => response.Key, response => Response.Read(response.Value!, shared))
                    )
                );
        }
    }

    // A client generated from the document knows only the described members.
    private static void Close(JsonNode schema)
    {
        if (schema is JsonObject type && type.ContainsKey("properties") && !type.ContainsKey("additionalProperties"))
            type["additionalProperties"] = false;
    }

    private static JsonValue? AsNumber(string value) =>
        long.TryParse(value, out var number) ? JsonValue.Create(number) : JsonValue.Create(value == "true");

    private static string? Evaluate(JsonSchema schema, JsonNode? value)
    {
        if (schema.Evaluate(value, Brief).IsValid)
            return null;
        var faults = schema
            .Evaluate(value, Detailed)
            .Details.Where(detail => detail.HasErrors)
            .SelectMany(detail => detail.Errors!.Values.Select(error => $"{detail.InstanceLocation}: {error}"));
        return string.Join(' ', faults);
    }

    private sealed record Response(Dictionary<string, JsonSchema> Bodies, Dictionary<string, JsonSchema> Headers)
    {
        public static Response Read(JsonNode response, JsonObject shared) =>
            new(
                ReadSchemas(response["content"], shared, StringComparer.Ordinal),
                ReadSchemas(response["headers"], shared, StringComparer.OrdinalIgnoreCase)
            );

        private static Dictionary<string, JsonSchema> ReadSchemas(JsonNode? described, JsonObject shared, StringComparer comparer) =>
            (described?.AsObject() ?? []).ToDictionary(one => one.Key, one => Alone(one.Value!["schema"]!, shared), comparer);

        private static JsonSchema Alone(JsonNode schema, JsonObject shared)
        {
            var alone = schema.DeepClone().AsObject();
            alone["$defs"] = shared.DeepClone();
            return alone.Deserialize<JsonSchema>()!;
        }
    }
}
