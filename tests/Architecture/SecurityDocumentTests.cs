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

    [GeneratedRegex(@"`([A-Z0-9]\w*(?:_[a-z0-9]\w*)+|\w+Tests)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"`(\w+\.test\.tsx?)`")]
    private static partial Regex NamedFile();
}
