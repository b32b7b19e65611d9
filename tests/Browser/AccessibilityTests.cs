using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>What every page owes to everybody.</summary>
[Collection(nameof(InBrowser))]
public class AccessibilityTests(Chromium chromium)
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 360)]
    public async Task Every_page_passes_axe_and_fits_the_window(bool isDark, int width)
    {
        await using var alice = await chromium.OpenAsync(isDark: isDark, width: width);
        foreach (
            var path in (string[])
                [
                    "/auth/login",
                    "/auth/register",
                    "/auth/forgot",
                    "/auth/reset#token=made-up",
                    "/auth/reset",
                    "/auth/verify#token=made-up",
                    "/auth/verify",
                    "/auth/keep-email#token=made-up",
                    "/auth/undo-factors#token=made-up",
                    "/crud",
                    "/crud/nothing-here",
                ]
        )
            await LookAsync(path);
        await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        var id = (await alice.Post(text).GetAttributeAsync("id"))!.Split('-')[1];
        foreach (
            var path in (string[])
                [
                    "/crud",
                    $"/crud/post?id={id}",
                    $"/crud/search?q={text}",
                    "/auth/account",
                    "/auth/account/security",
                    "/auth/account/sessions",
                ]
        )
            await LookAsync(path);

        async Task LookAsync(string path)
        {
            await alice.Page.GotoAsync(path);
            await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToBeAttachedAsync();
            await Expect(alice.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            await alice.IsAccessibleAsync();
            Assert.False(
                await alice.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                $"{path} is wider than the window."
            );
        }
    }

    [Fact]
    public async Task Coloured_buttons_have_a_border_in_forced_colours()
    {
        await using var window = await chromium.OpenAsync();
        await window.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await window.Page.GotoAsync("/crud");
        var join = window.Page.GetByRole(AriaRole.Link, new() { Name = "Join" });
        await Expect(join).ToBeVisibleAsync();
        const string Edge =
            "element => { const style = getComputedStyle(element); return style.borderTopStyle === 'solid' && "
            + "parseFloat(style.borderTopWidth) >= 1 && style.borderTopColor !== style.backgroundColor; }";
        Assert.True(await join.EvaluateAsync<bool>(Edge));
        await window.Page.GotoAsync("/auth/login");
        Assert.True(await window.Button("Sign in").EvaluateAsync<bool>(Edge));
        await window.RegisterAsync();
        await window.Box("Write a post").FillAsync("Something to post");
        Assert.True(await window.Button("Post").EvaluateAsync<bool>(Edge));
    }
}
