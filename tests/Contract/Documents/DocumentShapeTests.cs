using System.Text.Json;

namespace Kumiko.Contract.Documents;

/// <summary>What generators of clients, validators and forms read from a document, for every operation and every value.</summary>
public class DocumentShapeTests(RunningKumiko kumiko)
{
    [Theory]
    [MemberData(nameof(DocumentTests.Names), MemberType = typeof(DocumentTests))]
    public async Task Every_string_and_number_has_its_bounds_described(string name)
    {
        var loose = new List<string>();
        await foreach (var (where, schema) in SchemasAsync(name))
        {
            var types = Types(schema);
            // Events arrive for as long as the client stays connected.
            if (where.Contains("text/event-stream", StringComparison.Ordinal))
                continue;
            if (types.Contains("string") && !HasAny(schema, "format", "maxLength", "enum", "pattern"))
                loose.Add(where);
            if (types.Contains("integer") && !(HasAny(schema, "format") && HasAny(schema, "minimum")))
                loose.Add(where);
        }

        Assert.Empty(loose);
    }

    [Theory]
    [MemberData(nameof(DocumentTests.Names), MemberType = typeof(DocumentTests))]
    public async Task Null_is_the_last_type_and_never_a_whole_body(string name)
    {
        await foreach (var (where, schema) in SchemasAsync(name))
        {
            var types = Types(schema);
            Assert.True(types.Count < 2 || types[^1] == "null", where);
            Assert.False(schema.TryGetProperty("oneOf", out _), where);
        }
    }

    [Theory]
    [MemberData(nameof(DocumentTests.Names), MemberType = typeof(DocumentTests))]
    public async Task Every_parameter_and_body_has_an_example_and_every_id_a_description(string name)
    {
        var document = (await kumiko.Anyone.GetAsync($"/openapi/{name}.json")).Is(200);
        foreach (var (where, operation) in Operations(document))
        {
            foreach (var parameter in operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [])
            {
                Assert.True(parameter.GetProperty("in").GetString() != "path" || parameter.TryGetProperty("example", out _), where);
                Assert.False(
                    string.IsNullOrEmpty(parameter.GetProperty("description").GetString()),
                    $"{where}: {parameter.GetProperty("name")}"
                );
            }

            if (operation.TryGetProperty("requestBody", out var body))
            {
                var json = body.GetProperty("content").GetProperty("application/json");
                Assert.True(json.TryGetProperty("example", out _), where);
                Assert.True(json.GetProperty("schema").TryGetProperty("$ref", out _), where);
            }
        }
    }

    [Fact]
    public async Task Closed_sets_list_their_members()
    {
        var schemas = (await kumiko.Anyone.GetAsync("/openapi/identity.json")).Is(200)["components"].GetProperty("schemas");
        foreach (
            var (schema, property, values) in (ReadOnlySpan<(string, string, string[])>)
                [
                    ("SignInRequest", "token_delivery", ["cookie", "body"]),
                    ("UserResponse", "role", ["member", "moderator", "admin"]),
                    ("TokenResponse", "token_type", ["Bearer"]),
                    ("HealthResponse", "status", ["healthy", "unhealthy"]),
                    ("HealthResponse", "database", ["connected", "disconnected"]),
                ]
        )
        {
            Assert.Equal(
                values,
                schemas
                    .GetProperty(schema)
                    .GetProperty("properties")
                    .GetProperty(property)
                    .GetProperty("enum")
                    .EnumerateArray()
                    .Select(value => value.GetString()!)
            );
        }
    }

    [Fact]
    public async Task Signing_out_takes_an_optional_token()
    {
        var paths = (await kumiko.Anyone.GetAsync("/openapi/identity.json")).Is(200)["paths"];
        var security = paths.GetProperty("/api/auth/logout").GetProperty("post").GetProperty("security");
        Assert.Equal(
            ["bearer", null],
            security.EnumerateArray().Select(way => way.EnumerateObject().Select(scheme => scheme.Name).SingleOrDefault())
        );
        foreach (var path in (string[])["/api/auth/logout", "/api/auth/refresh"])
            Assert.False(
                paths.GetProperty(path).GetProperty("post").GetProperty("requestBody").TryGetProperty("required", out var required)
                    && required.GetBoolean(),
                path
            );
    }

    [Fact]
    public async Task The_documents_describe_the_audience_of_tokens_and_which_text_of_an_error_is_for_people()
    {
        var document = (await kumiko.Anyone.GetAsync("/openapi/identity.json")).Is(200)["components"];
        Assert.Contains(
            "`kumiko`",
            document.GetProperty("securitySchemes").GetProperty("bearer").GetProperty("description").GetString(),
            StringComparison.Ordinal
        );
        Assert.True(
            document
                .GetProperty("schemas")
                .GetProperty("ProblemDetails")
                .GetProperty("properties")
                .GetProperty("detail")
                .GetProperty("x-ms-primary-error-message")
                .GetBoolean()
        );
    }

    [Theory]
    [MemberData(nameof(DocumentTests.Names), MemberType = typeof(DocumentTests))]
    public async Task The_example_of_a_failure_has_its_status(string name)
    {
        var seen = new Dictionary<string, (string? Type, string? Title, string? Detail)>();
        foreach (var (where, operation) in Operations((await kumiko.Anyone.GetAsync($"/openapi/{name}.json")).Is(200)))
        {
            foreach (var response in operation.GetProperty("responses").EnumerateObject().Where(response => response.Name[0] is '4' or '5'))
            {
                var content = response.Value.GetProperty("content").EnumerateObject().Single();
                var example = content.Value.GetProperty("example");
                if (content.Name == "application/json")
                {
                    Assert.Equal("unhealthy", example.GetProperty("status").GetString());
                    continue;
                }

                Assert.Equal(response.Name, $"{example.GetProperty("status")}");
                Assert.DoesNotContain("{", example.GetProperty("instance").GetString(), StringComparison.Ordinal);
                Assert.True(example.TryGetProperty("errors", out _) == (response.Name == "422"), $"{where} {response.Name}");
                seen[response.Name] = (
                    example.GetProperty("type").GetString(),
                    example.GetProperty("title").GetString(),
                    example.GetProperty("detail").GetString()
                );
            }
        }

        Assert.Equal(seen.Count, seen.Values.Select(problem => problem.Type).Distinct().Count());
        Assert.Equal(seen.Count, seen.Values.Select(problem => problem.Title).Distinct().Count());
        Assert.Equal(seen.Count, seen.Values.Select(problem => problem.Detail).Distinct().Count());
    }

    private async IAsyncEnumerable<(string Where, JsonElement Schema)> SchemasAsync(string name)
    {
        var document = (await kumiko.Anyone.GetAsync($"/openapi/{name}.json")).Is(200).Json;
        foreach (var found in Walk(document, ""))
            yield return found;
    }

    private static IEnumerable<(string Where, JsonElement Schema)> Walk(JsonElement element, string where)
    {
        // Examples are not schemas, whatever their members are called.
        if (where.EndsWith("/examples", StringComparison.Ordinal) || where.EndsWith("/example", StringComparison.Ordinal))
            yield break;
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (
                !where.EndsWith("/properties", StringComparison.Ordinal)
                && (Types(element).Count > 0 || element.TryGetProperty("oneOf", out _))
            )
                yield return (where, element);
            foreach (var member in element.EnumerateObject())
            {
                foreach (var found in Walk(member.Value, $"{where}/{member.Name}"))
                    yield return found;
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var found in element.EnumerateArray().SelectMany((item, at) => Walk(item, $"{where}/{at}")))
                yield return found;
        }
    }

    private static IEnumerable<(string Where, JsonElement Operation)> Operations(Answer document) =>
        from path in document["paths"].EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name is "get" or "post" or "put" or "patch" or "delete"
        select ($"{operation.Name} {path.Name}", operation.Value);

    private static List<string?> Types(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString())]
        : type.ValueKind == JsonValueKind.String ? [type.GetString()]
        : [];

    private static bool HasAny(JsonElement schema, params string[] names) => names.Any(name => schema.TryGetProperty(name, out _));
}
