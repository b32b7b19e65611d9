using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>Authors as readers see them.</summary>
[Collection(nameof(InBrowser))]
public class AuthorTests(Chromium chromium, RunningKumiko kumiko)
{
    [Fact]
    public async Task An_author_keeps_their_colour_under_another_name()
    {
        var person = await kumiko.NewPersonAsync("colour");
        var text = $"{Guid.NewGuid():N}";
        await person.WriteAsync(text);
        await using var visitor = await chromium.OpenAsync();
        var before = await ColourAsync();
        (await person.PatchAsync("/api/auth/me", new { username = person.Username.ToUpperInvariant() })).Is(200);
        await Expect(visitor.Post(text)).ToContainTextAsync(person.Username.ToUpperInvariant());
        Assert.Equal(before, await ColourAsync());

        async Task<string> ColourAsync()
        {
            await visitor.Page.GotoAsync($"/crud/search?q={text}");
            return await visitor
                .Post(text)
                .Locator("span[aria-hidden=true]")
                .First.EvaluateAsync<string>("element => element.style.backgroundColor");
        }
    }
}
