using System.Text.RegularExpressions;
using Xunit;

namespace Kumiko.Architecture.Tests;

/// <summary>How long the lines of code and documents are.</summary>
public sealed partial class LineTests
{
    private const int MaxColumns = 140;

    private static readonly string[] Written = [".cs", ".md"];

    // Built, installed, or generated: nobody writes these. The frontends test their own lines.
    private static readonly string[] Unwritten = ["bin", "obj", "node_modules", "frontends", "TestResults"];

    [Fact]
    public void A_line_has_at_most_140_columns() =>
        Assert.Empty(
            from file in FilesIn(Solution.Root)
            from line in File.ReadLines(file).Index()
            where line.Item.Length > MaxColumns && !Address().IsMatch(line.Item) && !IsRow(line.Item)
            select $"{file}:{line.Index + 1} has {line.Item.Length} columns"
        );

    [Fact]
    public void A_paragraph_breaks_where_the_next_word_does_not_fit() =>
        // Japanese has no spaces between its words.
        Assert.Empty(
            FilesIn(Solution.Root)
                .Where(IsDocument)
                .Where(file => !file.EndsWith(".ja.md", StringComparison.Ordinal))
                .SelectMany(EarlyBreaks)
        );

    private static IEnumerable<string> EarlyBreaks(string file)
    {
        var isCode = false;
        var before = "";
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            isCode ^= Fence().IsMatch(line);
            if (isCode || Break().IsMatch(line))
            {
                before = !isCode && Item().IsMatch(line) ? line : "";
                continue;
            }

            if (before.Length > 0 && before.Length + 1 + FirstWord().Match(line).Value.Trim().Length <= MaxColumns)
                yield return $"{file}:{index} breaks after {before.Length} columns";
            before = line;
        }
    }

    private static bool IsDocument(string file) => file.EndsWith(".md", StringComparison.Ordinal);

    // A table's row cannot be broken.
    private static bool IsRow(string line) => line.TrimStart().StartsWith("| ", StringComparison.Ordinal) && line.TrimEnd().EndsWith('|');

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory
            .EnumerateFileSystemEntries(folder)
            .Where(path => !Path.GetFileName(path).StartsWith('.') && !Unwritten.Contains(Path.GetFileName(path)))
            .SelectMany(path =>
                Directory.Exists(path) ? FilesIn(path)
                : Written.Contains(Path.GetExtension(path)) ? [path]
                : []
            );

    // An address cannot be broken either.
    [GeneratedRegex(@"^\s*(?:// |\* |<!-- )?\S*https?://\S+$")]
    private static partial Regex Address();

    [GeneratedRegex(@"^\s*(?:```|~~~)")]
    private static partial Regex Fence();

    // What ends a paragraph: an empty line, a table, a heading, a list's item, a quotation, HTML, a rule, the definition of a link.
    [GeneratedRegex(@"^\s*(?:$|\||#|[-*+] |\d+\. |>|<|---|```|~~~|\[[^\]]+\]: )")]
    private static partial Regex Break();

    [GeneratedRegex(@"^\s*(?:[-*+]|\d+\.) ")]
    private static partial Regex Item();

    // Text in backticks or brackets with the spaces in it is one word to the tools that wrap.
    [GeneratedRegex(@"^\s*(?:[(*""]*(?:`[^`]*`|\[[^\]]*\]\([^)]*\))\S*|\S+)")]
    private static partial Regex FirstWord();
}
