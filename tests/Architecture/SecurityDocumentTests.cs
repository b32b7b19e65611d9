using System.Text.RegularExpressions;
using Xunit;

namespace Kumiko.Architecture.Tests;

public partial class SecurityDocumentTests
{
    // A test that was renamed or deleted must not remain as evidence for a requirement.
    [Fact]
    public void Every_test_that_the_document_names_is_there()
    {
        var document = File.ReadAllLines(Path.Combine(Solution.Root, "docs", "security.md"));
        var named = document.SelectMany(line => NamedTest().Matches(line)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count > 80, $"The document names {named.Count} tests.");
        var tests = string.Concat(
            Directory.EnumerateFiles(Path.Combine(Solution.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
        );
        Assert.All(named, name => Assert.Matches($@"\b(Task|void|class) {name}\b", tests));

        var files = ((string[])["frontends/crud/src", "frontends/auth/src", "frontends/packages"])
            .SelectMany(folder => Solution.Files(folder, "*.test.ts*"))
            .Select(Path.GetFileName)
            .ToHashSet();
        Assert.All(document.SelectMany(line => NamedFile().Matches(line)), match => Assert.Contains(match.Groups[1].Value, files));
    }

    [Fact]
    public void The_table_of_requirements_has_no_empty_cell()
    {
        var rows = Requirements();
        Assert.True(rows.Count > 120, $"The table has {rows.Count} rows.");
        Assert.All(rows, row => Assert.All(row, cell => Assert.False(cell.Length == 0, $"A cell is empty in: {string.Join(" | ", row)}")));
        Assert.All(rows, row => Assert.Contains(row[2], (string[])["yes", "partly", "no", "–"]));
        var files = Solution.Files("", "*").Select(Path.GetFileName).ToHashSet();
        Assert.All(
            rows.SelectMany(row => NamedSource().Matches(row[4])),
            match => Assert.True(files.Contains(match.Groups[1].Value), $"There is no file {match.Groups[1].Value}.")
        );
    }

    // The requirements of level 1 and 2 of OWASP ASVS 5.0 in these chapters, as the last number of each section.
    [Theory]
    [InlineData("authentication", "6.1.3 6.2.12 6.3.4 6.4.4 6.5.5 6.6.3 6.8.4")]
    [InlineData("sessions", "7.1.3 7.2.4 7.3.2 7.4.5 7.5.2 7.6.2")]
    [InlineData("authorization", "8.1.2 8.2.3 8.3.1 8.4.1")]
    [InlineData("self-contained tokens", "9.1.3 9.2.4")]
    [InlineData("cryptography", "11.1.2 11.2.3 11.3.3 11.4.4 11.5.1 11.6.1")]
    [InlineData("logging", "16.1.1 16.2.5 16.3.4 16.4.3 16.5.3")]
    public void Every_requirement_of_a_chapter_is_in_the_table(string chapter, string last)
    {
        var named = Requirements().SelectMany(row => Numbers(row[0])).ToHashSet();
        var missing = last.Split(' ').SelectMany(number => Range($"{number[..number.LastIndexOf('.')]}.1", number)).Except(named);
        Assert.True(!missing.Any(), $"The requirements on {chapter} lack {string.Join(", ", missing)}.");
    }

    private static List<string[]> Requirements()
    {
        var lines = File.ReadAllLines(Path.Combine(Solution.Root, "docs", "security.md"));
        return
        [
            .. lines
                .SkipWhile(line => !line.StartsWith("## OWASP ASVS", StringComparison.Ordinal))
                .Where(line => line.StartsWith('|') && !line.StartsWith("| ---", StringComparison.Ordinal))
                .Where(line => !line.StartsWith("| requirement", StringComparison.Ordinal))
                .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
                .Select(cells => cells.Length == 5 ? cells : [.. cells, .. Enumerable.Repeat("", Math.Max(0, 5 - cells.Length))]),
        ];
    }

    // "6.5.2 to 6.5.4 stored" and "6.2.1, 6.2.5 length".
    private static IEnumerable<string> Numbers(string text) =>
        NumberOrRange()
            .Matches(text)
            .SelectMany(match => Range(match.Groups[1].Value, match.Groups[2] is { Success: true } to ? to.Value : match.Groups[1].Value));

    private static IEnumerable<string> Range(string from, string to)
    {
        var section = from[..from.LastIndexOf('.')];
        for (var number = Last(from); number <= Last(to); number++)
            yield return $"{section}.{number}";

        static int Last(string number) =>
            int.Parse(number[(number.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(\d+\.\d+\.\d+)(?: to (\d+\.\d+\.\d+))?")]
    private static partial Regex NumberOrRange();

    [GeneratedRegex(@"`([\w.]+\.(?:cs|yaml)|justfile)`")]
    private static partial Regex NamedSource();

    [GeneratedRegex(@"`([A-Z0-9]\w*(?:_[a-z0-9]\w*)+|\w+Tests)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"`(\w+\.test\.tsx?)`")]
    private static partial Regex NamedFile();
}
