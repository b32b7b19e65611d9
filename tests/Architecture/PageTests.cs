using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Kumiko.Architecture.Tests;

/// <summary>The Markdown pages of the repository.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Pages => [.. MarkdownFiles().Select(file => Path.GetRelativePath(Solution.Root, file))];

    [Fact]
    public void Every_architecture_test_stands_in_the_table_of_rules()
    {
        var tests = typeof(PageTests)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
            .Select(method => method.Name)
            .ToList();

        Assert.Equal(
            tests.Order(StringComparer.Ordinal),
            TestsNamedIn("docs/style.md", line => line.StartsWith('|')).Order(StringComparer.Ordinal)
        );
        Assert.All(TestsNamedIn("docs/architecture.md", _ => true), name => Assert.Contains(name, tests));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_and_a_heading(string page)
    {
        var file = Path.Combine(Solution.Root, page);
        foreach (var link in Links(file).Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            var parts = link.Split('#', 2);
            var target = parts[0].Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, parts[0]));
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {link}, which does not exist.");
            if (parts.Length == 2)
                Assert.True(Headings(target).Select(Anchor).Contains(parts[1]), $"{page} links to {link}, a heading that does not exist.");
        }
    }

    [Fact]
    public void Every_endpoint_has_a_request_to_try()
    {
        var requests = Directory
            .GetFiles(Path.Combine(Solution.Root, "requests"), "*.http")
            .SelectMany(File.ReadLines)
            .Select(line => Request().Match(line))
            .Where(match => match.Success)
            .Select(match => (Method: match.Groups[1].Value, Path: match.Groups[2].Value))
            .ToList();
        var routes = Solution.Files(Path.Combine("src", "Modules")).SelectMany(file => Route().Matches(File.ReadAllText(file))).ToList();

        Assert.NotEmpty(routes);
        Assert.All(
            routes,
            route =>
            {
                // '{id:long}' is written as '{{postId}}' there.
                var path =
                    "^" + RouteParameter().Replace(route.Groups[2].Value.Replace(".", "\\.", StringComparison.Ordinal), "{{[^}]+}}") + "$";
                Assert.True(
                    requests.Any(request =>
                        request.Method.Equals(route.Groups[1].Value, StringComparison.OrdinalIgnoreCase)
                        && Regex.IsMatch(request.Path, path)
                    ),
                    $"requests/*.http has no {route.Groups[1].Value} of {route.Groups[2].Value}."
                );
            }
        );
    }

    [Fact]
    public void Every_decision_has_a_date_and_a_status_and_is_in_the_index()
    {
        var folder = Path.Combine(Solution.Root, "docs", "decisions");
        var rows = File.ReadLines(Path.Combine(folder, "README.md")).Where(line => line.StartsWith("| [", StringComparison.Ordinal));
        var expected = Directory
            .GetFiles(folder, "0*.md")
            .Order(StringComparer.Ordinal)
            .Select(file =>
            {
                var name = Path.GetFileName(file);
                var record = Record().Match(File.ReadAllText(file));
                Assert.True(
                    record.Success,
                    $"{name} does not begin with a title ('# 7. One secret'), '- Date: YYYY-MM-DD' and '- Status: accepted'."
                );
                Assert.StartsWith(
                    $"{int.Parse(record.Groups["number"].Value, CultureInfo.InvariantCulture):0000}-",
                    name,
                    StringComparison.Ordinal
                );
                return $"| [{record.Groups["number"].Value}]({name}) | {record.Groups["title"].Value} | {record.Groups["date"].Value} | "
                    + $"{record.Groups["status"].Value} |";
            });

        Assert.Equal(expected, rows);
    }

    [Fact]
    public void The_Japanese_README_has_what_the_English_one_has()
    {
        var english = Path.Combine(Solution.Root, "README.md");
        var japanese = Path.Combine(Solution.Root, "README.ja.md");

        Assert.Equal(Headings(english).Count, Headings(japanese).Count);
        Assert.Equal(
            Commands().Matches(File.ReadAllText(english)).Select(block => block.Value),
            Commands().Matches(File.ReadAllText(japanese)).Select(block => block.Value)
        );
        Assert.Equal(Links(english).Select(link => link == "README.ja.md" ? "README.md" : link), Links(japanese));
    }

    private static IEnumerable<string> MarkdownFiles()
    {
        var own = Directory.EnumerateFiles(Solution.Root, "*.md");
        string[] folders = ["docs", "bench", "frontends", "src", "tests", "tools", ".github"];
        return own.Concat(
            folders
                .Select(folder => Path.Combine(Solution.Root, folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"))
        );
    }

    private static HashSet<string> TestsNamedIn(string page, Func<string, bool> isWanted) =>
        [
            .. Prose(Path.Combine(Solution.Root, page))
                .Where(isWanted)
                .SelectMany(line => TestName().Matches(line))
                .Select(match => match.Groups[1].Value),
        ];

    private static List<string> Links(string file) =>
        [.. Prose(file).SelectMany(line => Link().Matches(line)).Select(match => match.Groups[1].Value)];

    private static List<string> Headings(string file) =>
        [.. Prose(file).Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim())];

    // As GitHub does it: keep letters, digits, hyphens and underscores; replace spaces by hyphens.
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private static IEnumerable<string> Prose(string file)
    {
        var isCode = false;
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode)
                yield return line;
        }
    }

    [GeneratedRegex(@"^(GET|POST|PUT|PATCH|DELETE) \{\{host\}\}([^?\s]+)")]
    private static partial Regex Request();

    [GeneratedRegex("\\.Map(Get|Post|Put|Patch|Delete)\\(\\s*\"([^\"]*)\"")]
    private static partial Regex Route();

    [GeneratedRegex(@"\{\w+(:\w+)?\}")]
    private static partial Regex RouteParameter();

    [GeneratedRegex(
        @"\A# (?<number>\d+)\. (?<title>.+)\n\n- Date: (?<date>\d{4}-\d\d-\d\d)\n- Status: (?<status>accepted|superseded by \d+)\n\n"
    )]
    private static partial Regex Record();

    [GeneratedRegex("^```sh\n.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"`([A-Z]\w*(?:_\w+)+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
