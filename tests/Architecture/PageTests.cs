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

    [GeneratedRegex(@"`([A-Z]\w*(?:_\w+)+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
