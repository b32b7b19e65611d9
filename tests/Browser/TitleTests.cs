using Microsoft.Playwright;

namespace Kumiko.Browser;

/// <summary>The titles that tabs, histories, bookmarks and screen readers use (WCAG 2.4.2).</summary>
[Collection(nameof(InBrowser))]
public class TitleTests(Chromium chromium, RunningKumiko kumiko)
{
    [Theory]
    [InlineData("en-GB")]
    [InlineData("ja-JP")]
    public async Task Every_page_keeps_its_title(string language)
    {
        var author = await kumiko.NewPersonAsync("title");
        var word = $"kigumi{Guid.NewGuid():N}"[..16];
        var post = (await author.WriteAsync($"{word} holds\nwithout a nail")).Id;
        await using var visitor = await chromium.OpenAsync(language);
        var isEnglish = language == "en-GB";
        (string Path, string Title)[] pages =
        [
            ("/crud", "Kumiko"),
            ($"/crud/post?id={post}", $"{word} holds · Kumiko"),
            ($"/crud/author?id={author.Id}", $"{author.Username} · Kumiko"),
            ($"/crud/search?q={word}", isEnglish ? $"Results for “{word}” · Kumiko" : $"「{word}」の検索結果 · Kumiko"),
            ("/crud/search", isEnglish ? "Search · Kumiko" : "検索 · Kumiko"),
            ("/crud/post?id=none", isEnglish ? "Post not found · Kumiko" : "この投稿は見つかりません · Kumiko"),
            ("/crud/author?id=none", isEnglish ? "Account not found · Kumiko" : "アカウントが見つかりません · Kumiko"),
            ("/crud/nothing-here", isEnglish ? "Page not found · Kumiko" : "ページが見つかりません · Kumiko"),
            ("/auth/login", isEnglish ? "Sign in · Kumiko" : "ログイン · Kumiko"),
            ("/auth/forgot", isEnglish ? "Forgot your password? · Kumiko" : "パスワードをお忘れですか？ · Kumiko"),
            ("/auth/reset", isEnglish ? "Choose a new password · Kumiko" : "新しいパスワードの設定 · Kumiko"),
            ("/auth/verify", isEnglish ? "Confirm your e-mail address · Kumiko" : "メールアドレスの確認 · Kumiko"),
            ("/auth/keep-email", isEnglish ? "Keep your e-mail address · Kumiko" : "メールアドレスを変更しない · Kumiko"),
            ("/auth/undo-factors", isEnglish ? "Secure your account · Kumiko" : "アカウントを守る · Kumiko"),
            ("/auth/register", isEnglish ? "Create an account · Kumiko" : "アカウントを作成 · Kumiko"),
        ];
        await visitor.AreCalledAsync(pages);

        if (isEnglish)
        {
            await visitor.RegisterAsync();
            await visitor.AreCalledAsync(
                ("/auth/account", "Profile · Kumiko"),
                ("/auth/account/security", "Security · Kumiko"),
                ("/auth/account/sessions", "Sessions · Kumiko")
            );
        }
    }

    [Fact]
    public async Task A_link_sets_the_title_and_going_back_restores_the_previous_one()
    {
        var author = await kumiko.NewPersonAsync("title");
        var word = $"kigumi{Guid.NewGuid():N}"[..16];
        await author.WriteAsync(word);
        await using var visitor = await chromium.OpenAsync();
        var page = visitor.Page;
        await page.GotoAsync($"/crud/search?q={word}");
        await visitor.Post(word).GetByRole(AriaRole.Link, new() { Name = author.Username }).ClickAsync();
        await page.IsAtAsync("**/crud/author**");
        await visitor.KeepsTitleAsync($"{author.Username} · Kumiko");
        await visitor.Post(word).Locator("a[href*='/post?']").ClickAsync();
        await page.IsAtAsync("**/crud/post**");
        await visitor.KeepsTitleAsync($"{word} · Kumiko");
        await page.GoBackAsync();
        await visitor.KeepsTitleAsync($"{author.Username} · Kumiko");
        await page.GoBackAsync();
        await visitor.KeepsTitleAsync($"Results for “{word}” · Kumiko");
    }

    [Fact]
    public async Task A_page_has_a_title_before_its_scripts_run()
    {
        await using var visitor = await chromium.OpenAsync();
        await visitor.Page.RouteAsync("**/_next/static/**/*.js", route => route.AbortAsync());
        foreach (
            var (path, title) in ((string, string)[])
                [
                    ("/crud", "Kumiko"),
                    ("/crud/post?id=1", "Post · Kumiko"),
                    ("/crud/author?id=1", "Author · Kumiko"),
                    ("/auth/login", "Sign in · Kumiko"),
                    ("/auth/account", "Profile · Kumiko"),
                ]
        )
        {
            await visitor.Page.GotoAsync(path);
            Assert.Equal(title, await visitor.Page.TitleAsync());
        }
    }
}
