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
        var tests = typeof(PageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
            .Select(method => method.Name)
            .ToList();

        Assert.Equal(tests.Order(StringComparer.Ordinal), TestsNamedIn("docs/style.md", line => line.StartsWith('|')).Order(StringComparer.Ordinal));
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
        var requests = Directory.GetFiles(Path.Combine(Solution.Root, "requests"), "*.http")
            .SelectMany(File.ReadLines)
            .Select(line => Request().Match(line))
            .Where(match => match.Success)
            .Select(match => (Method: match.Groups[1].Value, Path: match.Groups[2].Value))
            .ToList();
        var routes = Solution.Files(Path.Combine("src", "Modules")).SelectMany(file => Route().Matches(File.ReadAllText(file))).ToList();

        Assert.NotEmpty(routes);
        Assert.All(routes, route =>
        {
            // '{id:long}' is '{{postId}}' there.
            var path = "^" + RouteParameter().Replace(route.Groups[2].Value.Replace(".", "\\.", StringComparison.Ordinal), "{{[^}]+}}") + "$";
            Assert.Contains(requests, request =>
                request.Method.Equals(route.Groups[1].Value, StringComparison.OrdinalIgnoreCase) && Regex.IsMatch(request.Path, path));
        });
    }

    private static IEnumerable<string> MarkdownFiles()
    {
        var own = Directory.EnumerateFiles(Solution.Root, "*.md");
        string[] folders = ["docs", "bench", "frontends", "src", "tests", "tools", ".github"];
        return own.Concat(folders
            .Select(folder => Path.Combine(Solution.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules")));
    }

    private static HashSet<string> TestsNamedIn(string page, Func<string, bool> isWanted) =>
        [.. Prose(Path.Combine(Solution.Root, page)).Where(isWanted).SelectMany(line => TestName().Matches(line)).Select(match => match.Groups[1].Value)];

    private static List<string> Links(string file) => [.. Prose(file).SelectMany(line => Link().Matches(line)).Select(match => match.Groups[1].Value)];

    private static List<string> Headings(string file) => [.. Prose(file).Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim())];

    // As GitHub makes it: letters, digits, hyphens and underscores stay, spaces become hyphens.
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

    [GeneratedRegex(@"`([A-Z]\w*(?:_\w+)+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
