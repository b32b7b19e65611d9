using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>What other people write is text in a reader's page, whatever it looks like.</summary>
[Collection(nameof(InBrowser))]
public class MarkupTests(Chromium chromium, RunningKumiko kumiko)
{
    [Fact]
    public async Task Markup_in_a_post_a_name_a_search_and_a_title_is_text()
    {
        var author = await kumiko.NewPersonAsync("markup");
        // Short enough for a title.
        var markup = $"<b class=injected>{$"{Guid.NewGuid():N}"[..8]}</b>";
        var name = $"<i class=injected>{author.Username}</i>";
        var post = (await author.WriteAsync($"{markup}\n<img class=injected src=x onerror=alert(1)>")).Id;
        await using var visitor = await chromium.OpenAsync();
        var page = visitor.Page;
        // No name has such characters, so the server's answers are changed before the page reads them.
        var (plain, inJson) = (JsonSerializer.Serialize(author.Username), JsonSerializer.Serialize(name));
        await page.AddInitScriptAsync(
            $$"""
            const [plain, inJson] = {{JsonSerializer.Serialize(new[] { plain, inJson })}};
            const ask = window.fetch;
            window.fetch = async (...request) => {
              const answer = await ask(...request);
              if (!answer.headers.get('content-type')?.startsWith('application/json')) return answer;
              const text = (await answer.text()).replaceAll(plain, () => inJson);
              return new Response(text, { status: answer.status, headers: answer.headers });
            };
            """
        );

        await page.GotoAsync($"/crud/search?q={Uri.EscapeDataString(markup)}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(markup);
        await IsShownAsync();
        await Expect(page).ToHaveTitleAsync($"Results for “{markup}” · Kumiko");

        await page.GotoAsync($"/crud/post?id={post}");
        await IsShownAsync();
        await Expect(page).ToHaveTitleAsync($"{markup} · Kumiko");

        await page.GotoAsync($"/crud/author?id={author.Id}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
        await IsShownAsync();
        await Expect(page).ToHaveTitleAsync($"{name} · Kumiko");

        async Task IsShownAsync()
        {
            await Expect(visitor.Post(markup)).ToContainTextAsync("<img class=injected src=x onerror=alert(1)>");
            await Expect(visitor.Post(markup)).ToContainTextAsync(name);
            await Expect(page.Locator(".injected")).ToHaveCountAsync(0);
        }
    }
}
