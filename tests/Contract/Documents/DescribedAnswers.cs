using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Kumiko.Contract.Documents;

/// <summary>
/// What the OpenAPI documents say of every operation's answers. Each answer that the suite receives is held against it: the status, the
/// media type,
/// the body and the headers have to be described, and to be as described.
/// </summary>
public sealed class DescribedAnswers
{
    // Headers that tell a client something about this answer. What every answer has, such as Date, needs no description with each.
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

    // Json.Schema's own refuses the letters for whose sake it is not just "email".
    static DescribedAnswers() =>
        Formats.Register(new PredicateFormat("idn-email", value => value is null || Regex.IsMatch($"{value}", "^[^@]+@[^@]+$")));

    /// <param name="documents">The documents, as they are served.</param>
    public DescribedAnswers(params IEnumerable<string> documents)
    {
        foreach (var document in documents)
            Read(document);
    }

    /// <summary>Reads the documents of both modules.</summary>
    public static async Task<DescribedAnswers> OfAsync(Caller caller) =>
        new((await caller.GetAsync("/openapi/posts.json")).Is(200).Text, (await caller.GetAsync("/openapi/identity.json")).Is(200).Text);

    /// <summary>
    /// Fails, and says why, when an answer is not as described. Says nothing of paths and methods that are not described.
    /// </summary>
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
        // What is refused before it is known what is asked for, and what a proxy says by itself.
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
            // What is left of a limit is told with whatever the answer is.
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
        // Who asks for a compressed answer gets bytes that no schema describes.
        var isJson = type.EndsWith("json", StringComparison.Ordinal) && answer.Header("Content-Encoding") is null;
        return isJson ? Evaluate(body, JsonNode.Parse(answer.Bytes)) : null;
    }

    private void Read(string document)
    {
        // A schema stands alone once what it refers to stands in it.
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

    // A client generated from the document knows the described members only.
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
