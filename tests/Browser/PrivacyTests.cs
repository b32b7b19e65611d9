using System.IO.Compression;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>People download what is held about them.</summary>
[Collection(nameof(InBrowser))]
public class PrivacyTests(Chromium chromium)
{
    [Theory]
    [InlineData(false, 1440)]
    [InlineData(true, 390)]
    public async Task A_person_downloads_their_data_and_sees_while_it_is_collected(bool isDark, int width)
    {
        await using var window = await chromium.OpenAsync(isDark: isDark, width: width);
        var page = window.Page;
        var look = isDark ? "dark" : "light";
        await window.RegisterAsync("erin");
        var requests = 0;
        await page.RouteAsync(
            "**/api/auth/me/export",
            route =>
                ++requests > 1
                    ? route.ContinueAsync()
                    : route.FulfillAsync(
                        new()
                        {
                            Status = 202,
                            ContentType = "application/json",
                            Body = """
                            {"created_at":"2026-11-29T12:00:00.000Z","expires_at":"2026-11-29T13:00:00.000Z","waiting_for":["posts"]}
                            """,
                        }
                    )
        );
        await page.GotoAsync("/auth/account");
        var button = window.Button("Download my data");
        await button.ScrollIntoViewIfNeededAsync();
        await Window.LookAsync(page, $"privacy-{look}-{width}");
        var download = await page.RunAndWaitForDownloadAsync(async () =>
        {
            await button.ClickAsync();
            await Expect(page.GetByText("Still collecting")).ToBeVisibleAsync();
            await window.IsAccessibleAsync();
            Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"));
            await Window.LookAsync(page, $"privacy-collecting-{look}-{width}");
        });

        Assert.Matches("^kumiko-[0-9-]{10}\\.zip$", download.SuggestedFilename);
        await using var zip = await ZipFile.OpenReadAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains(zip.Entries, entry => entry.FullName == "posts/posts.json");
        await Expect(page.GetByText("Your data is in your downloads.")).ToBeVisibleAsync();
        await Expect(button).ToBeEnabledAsync();
    }
}
