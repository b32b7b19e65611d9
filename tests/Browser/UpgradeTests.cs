using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>Pages that are replaced by another build while people have them open. The containers build theirs in images.</summary>
[Collection(nameof(InBrowser))]
public class UpgradeTests(Chromium chromium)
{
    [Fact]
    public async Task An_open_board_keeps_working_and_the_next_page_is_of_the_new_version()
    {
        await using var installation = await new Topology().InstallAsync();
        var (before, after) = (Path.Combine(installation.Folder, "before"), Path.Combine(installation.Folder, "after"));
        foreach (var frontend in (string[])["crud", "auth"])
        {
            var built = new DirectoryInfo(Repository.File(Path.Combine("frontends", frontend, "out")));
            Assert.SkipUnless(built.Exists, "The pages were not built.");
            Copy(built, Path.Combine(before, frontend));
            Copy(built, Path.Combine(after, frontend));
        }

        var build = await BuildAnewAsync(Path.Combine(after, "crud"));
        var (address, operators) = (new Uri($"http://127.0.0.1:{Ports.Free()}"), new Uri($"http://127.0.0.1:{Ports.Free()}"));
        Window alice;
        IPage other;
        await using (var host = installation.Launch(address, operators, ("Frontends__Folder", before)))
        {
            await host.ReadyAsync();
            alice = await chromium.OpenOwnAsync(home: address, hasWorker: true);
            await alice.RegisterAsync("alice");
            await alice.AreKeptAsync();
            other = await alice.OpenTabAsync();
            await other.GotoAsync("/crud");
            Assert.DoesNotContain(build, await other.ContentAsync(), StringComparison.Ordinal);
        }

        await using var window = alice;
        await using var successor = installation.Launch(address, operators, ("Frontends__Folder", after));
        await successor.ReadyAsync();
        var (page, text) = (alice.Page, $"{Guid.NewGuid():N}");
        await page.EvaluateAsync("document.documentElement.dataset.old = ''");
        await alice.Box("Write a post").FillAsync(text);
        await page.EvaluateAsync(
            """
            async () => {
              const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
              await (await navigator.serviceWorker.ready).update();
              await taken;
            }
            """
        );

        // The page is unchanged, and what the person was doing there still works.
        await Expect(page.Locator("html[data-old]")).ToBeVisibleAsync();
        await Expect(alice.Box("Write a post")).ToHaveValueAsync(text);
        await alice.Button("Post").ClickAsync();
        await Expect(alice.Post(text)).ToBeVisibleAsync();
        await alice.Post(text).GetByRole(AriaRole.Link).Nth(1).ClickAsync();
        await page.IsAtAsync("**/crud/post?id=*");
        await Expect(alice.Post(text)).ToBeVisibleAsync();
        Assert.Contains(build, await page.ContentAsync(), StringComparison.Ordinal);

        // Nothing is left of the previous build, with a network and without.
        Assert.Equal($"kumiko.pages.{build}", Assert.Single(await page.EvaluateAsync<string[]>("caches.keys()")));
        await alice.GoOfflineAsync(true);
        await other.ReloadAsync();
        await Expect(other.GetByText("Posts will load when you're back online.")).ToBeVisibleAsync();
        Assert.Contains(build, await other.ContentAsync(), StringComparison.Ordinal);
        await alice.GoOfflineAsync(false);
    }

    // As a build does after a change: a new build id in the pages and their data, and a worker that caches them.
    private static async Task<string> BuildAnewAsync(string folder)
    {
        var named = Directory
            .GetDirectories(Path.Combine(folder, "_next", "static"))
            .Single(path => File.Exists(Path.Combine(path, "_buildManifest.js")));
        var (before, after) = (Path.GetFileName(named), $"{Guid.NewGuid():N}");
        Directory.Move(named, Path.Combine(folder, "_next", "static", after));
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToList())
        {
            if (Path.GetExtension(path) == ".br")
                File.Delete(path);
            else if (Path.GetExtension(path) is ".html" or ".txt" or ".js")
                await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace(before, after, StringComparison.Ordinal));
        }

        var worker = Path.Combine(folder, "sw.js");
        var lines = await File.ReadAllLinesAsync(worker);
        const string Start = "const build = ";
        var build = JsonNode.Parse(lines[0][Start.Length..^1])!;
        build["version"] = after;
        foreach (var kept in build["files"]!.AsArray())
        {
            var name = kept!["path"]!.GetValue<string>() switch
            {
                "/crud" => "index.html",
                "/crud.txt" => "index.txt",
                var path when Path.HasExtension(path) => path["/crud/".Length..],
                var path => path["/crud/".Length..] + ".html",
            };
            kept["integrity"] =
                $"sha256-{Convert.ToBase64String(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, name))))}";
        }

        await File.WriteAllLinesAsync(worker, [$"{Start}{build.ToJsonString()};", .. lines[1..]]);
        return after;
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy);
        }
    }
}
