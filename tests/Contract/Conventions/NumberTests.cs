using System.Text.Json;

namespace Kumiko.Contract.Conventions;

/// <summary>Numbers in paths and queries have one spelling: ASCII digits without a sign, white space or leading zeros.</summary>
public class NumberTests(RunningKumiko kumiko)
{
    // A signed number, white space at either end, fractions, other bases and other scripts' digits.
    private static readonly string[] Unreadable =
    [
        "%2B5",
        "+5",
        "-5",
        "-0",
        "%205",
        "5%20",
        "%095",
        "5.0",
        "5.",
        "5e0",
        "0x5",
        "05",
        "005",
        "00",
        "%D9%A5",
        "%EF%BC%95",
        "1_000",
        "1,000",
        "(5)",
        "five",
        "null",
        "NaN",
    ];

    // What a query refuses by its bounds or as another type, and what only a path can contain.
    private static readonly string[] NotAnId = ["9223372036854775808", "99999999999999999999999999", "abc", "1.5", "1e3", "%F0%9F%92%A3"];

    [Fact]
    public async Task A_number_in_a_query_has_one_spelling_and_bounds()
    {
        var seen = 0;
        foreach (var (method, path, parameter) in await IntegersAsync("query"))
        {
            var alice = await kumiko.WhoMayAsync(path);
            Assert.Equal(HttpMethod.Get, method);
            var (name, schema) = (parameter.GetProperty("name").GetString()!, parameter.GetProperty("schema"));
            var (least, most) = (Bound(schema, "minimum"), Bound(schema, "maximum"));
            (await alice.GetAsync($"{path}?{name}={least}")).Is(200);
            (await alice.GetAsync($"{path}?{name}={most}")).Is(200);
            // The framework ignores a trailing NUL.
            foreach (var value in Unreadable.Append("5%00"))
                (await alice.GetAsync($"{path}?{name}={value}")).IsProblemWith(400, name);
            foreach (var value in (Int128[])[least - 1, most + 1, Int128.MaxValue])
                (await alice.GetAsync($"{path}?{name}={value}")).IsProblem(400);
            (await alice.GetAsync($"{path}?{name}={least}&{name}={least}")).IsProblem(400);
            seen++;
        }

        Assert.True(seen >= 3, $"The documents name {seen} numbers in queries.");
    }

    [Fact]
    public async Task A_number_in_a_path_has_one_spelling()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("at one address");
        var seen = 0;
        foreach (var (method, path, parameter) in await IntegersAsync("path"))
        {
            var place = $"{{{parameter.GetProperty("name").GetString()}}}";
            foreach (var value in Unreadable.Concat(NotAnId))
                (await alice.SendAsync(method, path.Replace(place, value, StringComparison.Ordinal), null)).IsProblem(404);
            seen++;
        }

        Assert.True(seen >= 5, $"The documents name {seen} numbers in paths.");
        (await alice.GetAsync($"/api/crud/posts/{post.Id}")).Is(200);
        foreach (var spelling in (string[])[$"+{post.Id}", $"0{post.Id}", $"%20{post.Id}", $"{post.Id}%20"])
            (await alice.GetAsync($"/api/crud/posts/{spelling}")).IsProblem(404);
    }

    private static Int128 Bound(JsonElement schema, string name) =>
        Int128.Parse(schema.GetProperty(name).GetRawText(), System.Globalization.CultureInfo.InvariantCulture);

    private async Task<List<(HttpMethod Method, string Path, JsonElement Parameter)>> IntegersAsync(string place)
    {
        var found = new List<(HttpMethod, string, JsonElement)>();
        foreach (var module in Operation.Modules)
        {
            found.AddRange(
                from path in (await kumiko.Anyone.GetAsync($"/openapi/{module}.json")).Is(200)["paths"].EnumerateObject()
                from operation in path.Value.EnumerateObject()
                where operation.Value.TryGetProperty("parameters", out _)
                from parameter in operation.Value.GetProperty("parameters").EnumerateArray()
                where parameter.GetProperty("in").GetString() == place && IsInteger(parameter.GetProperty("schema"))
                select (HttpMethod.Parse(operation.Name.ToUpperInvariant()), path.Name, parameter)
            );
        }

        return found;
    }

    private static bool IsInteger(JsonElement schema) =>
        schema.GetProperty("type") is var type
        && (
            type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Any(one => one.GetString() == "integer")
                : type.GetString() == "integer"
        );
}
