using Kumiko.Contract.Documents;
using Snapshooter.Xunit3;

namespace Kumiko.Contract.Hosting;

/// <summary>The document with all modules, which exists only where one process serves them all.</summary>
public class CommonDocumentTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task The_common_document_changes_only_on_purpose() =>
        Snapshot.Match(await DocumentTests.TextOfAsync(kumiko.Anyone, "v1"), "openapi-v1.json");

    [Fact]
    public async Task The_common_document_contains_both_modules()
    {
        var (posts, identity, common) = (await PathsOfAsync("posts"), await PathsOfAsync("identity"), await PathsOfAsync("v1"));
        Assert.All(posts, path => Assert.StartsWith("/api/crud", path, StringComparison.Ordinal));
        Assert.All(identity, path => Assert.StartsWith("/api/auth", path, StringComparison.Ordinal));
        Assert.Equal(posts.Concat(identity).Order(), common.Order());
    }

    private async Task<List<string>> PathsOfAsync(string name) =>
        [.. (await kumiko.Anyone.GetAsync($"/openapi/{name}.json")).Is(200)["paths"].EnumerateObject().Select(path => path.Name)];
}
