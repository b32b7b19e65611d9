using System.IO.Compression;
using System.Text.Json;

namespace Kumiko.Contract.Identity;

public class ExportMeTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task A_person_gets_everything_that_every_module_holds_about_them_and_nothing_of_others()
    {
        var (erin, other) = (await kumiko.NewPersonAsync("erin"), await kumiko.NewPersonAsync("frank"));
        var (text, theirs) = ($"mine「{Guid.NewGuid():N}」😀", $"theirs {Guid.NewGuid():N}");
        var post = await erin.WriteAsync(text);
        await other.WriteAsync(theirs);
        await erin.UseAuthenticatorAsync();
        await erin.RefreshAsync();

        using var export = await ReadAsync(erin);

        var account = Assert.Single(export.Rows("identity/account.json"));
        Assert.Equal(erin.Email, account.GetProperty("email").GetString());
        Assert.Equal(erin.Username, account.GetProperty("username").GetString());
        Assert.Single(export.Rows("identity/sessions.json"));
        Assert.Equal(10, Assert.Single(export.Rows("identity/authenticator_app.json")).GetProperty("recovery_codes_left").GetInt32());
        Assert.Contains(export.Rows("identity/activity.json"), row => row.GetProperty("action").GetString() == "registration");
        var written = Assert.Single(export.Rows("posts/posts.json"));
        Assert.Equal((post.Id, text), (written.GetProperty("id").GetInt64(), written.GetProperty("content").GetString()));
        Assert.Equal(post["created_at"].GetString(), written.GetProperty("created_at").GetString());
        Assert.Equal(erin.Username, Assert.Single(export.Rows("posts/author.json")).GetProperty("name").GetString());
        Assert.DoesNotContain(export.All, file => file.Contains(theirs, StringComparison.Ordinal));
        Assert.DoesNotContain(export.All, file => file.Contains(other.Username, StringComparison.Ordinal));
        Assert.DoesNotContain(export.All, file => file.Contains("password", StringComparison.Ordinal));

        // The table of contents names each file, with how much is in it.
        var files = export.About.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(
            export.Names.Except(["about.json"]).Order(StringComparer.Ordinal),
            files.Select(file => file.GetProperty("file").GetString()!).Order(StringComparer.Ordinal)
        );
        Assert.All(files, file => Assert.True(file.GetProperty("is_complete").GetBoolean()));
        Assert.All(
            files,
            file => Assert.Equal(export.Rows(file.GetProperty("file").GetString()!).Count, file.GetProperty("items").GetInt32())
        );
    }

    [Fact]
    public async Task Many_long_posts_come_whole_and_in_order()
    {
        var erin = await kumiko.NewPersonAsync("erin");
        var texts = Enumerable
            .Range(0, 40)
            .Select(n => $"{n} " + Random.Shared.GetString("あいうえおかきくけこ木林森日月", 9_990))
            .ToList();
        foreach (var text in texts)
            await erin.WriteAsync(text);
        using var export = await ReadAsync(erin);
        Assert.Equal(texts, export.Rows("posts/posts.json").Select(row => row.GetProperty("content").GetString()!));
    }

    [Fact]
    public async Task Asking_again_within_the_hour_gets_the_same_export_and_is_recorded()
    {
        var erin = await kumiko.NewPersonAsync("erin");
        using var first = await ReadAsync(erin);
        await erin.WriteAsync("written after the export was begun");
        using var second = await ReadAsync(erin);
        Assert.Equal(first.About.GetProperty("collected_at").GetString(), second.About.GetProperty("collected_at").GetString());
        Assert.Empty(second.Rows("posts/posts.json"));
        Assert.Equal(
            ["downloaded", "downloaded", "requested"],
            (await erin.GetAsync("/api/auth/me/activity"))
                .Is(200)
                .Items.Where(item => item.GetProperty("action").GetString() == "data_export")
                .Select(item => item.GetProperty("details").GetString())
        );
    }

    [Fact]
    public async Task The_answer_is_a_private_download()
    {
        var erin = await kumiko.NewPersonAsync("erin");
        using var _ = await ReadAsync(erin);
        var answer = (await erin.GetAsync("/api/auth/me/export")).Is(200);
        Assert.Equal("application/zip", answer.Header("Content-Type"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Matches("^attachment; filename=\"kumiko-[0-9-]{10}\\.zip\"$", answer.Header("Content-Disposition"));
    }

    [Fact]
    public async Task It_takes_a_recent_sign_in_with_every_factor_of_the_account()
    {
        (await kumiko.Anyone.GetAsync("/api/auth/me/export")).IsProblem(401);
        var erin = await kumiko.NewPersonAsync("erin");
        var older = kumiko.Anyone.With(erin.AccessToken);
        await erin.UseAuthenticatorAsync();
        var refused = (await older.GetAsync("/api/auth/me/export")).IsProblem(401);
        Assert.EndsWith("/recent-sign-in-required", refused["type"].GetString(), StringComparison.Ordinal);
    }

    private static async Task<Export> ReadAsync(Person person) =>
        new((await Eventually.IsAsync(() => person.GetAsync("/api/auth/me/export"), answer => answer.Status != 202)).Is(200).Bytes);

    private sealed class Export(byte[] bytes) : IDisposable
    {
        private readonly ZipArchive _zip = new(new MemoryStream(bytes));

        public IReadOnlyList<string> Names => [.. _zip.Entries.Select(entry => entry.FullName)];

        public JsonElement About => JsonDocument.Parse(Text("about.json")).RootElement;

        public IReadOnlyList<string> All => [.. Names.Select(Text)];

        public IReadOnlyList<JsonElement> Rows(string file) => [.. JsonDocument.Parse(Text(file)).RootElement.EnumerateArray()];

        private string Text(string file)
        {
            using var reader = new StreamReader(_zip.GetEntry(file)!.Open());
            return reader.ReadToEnd();
        }

        public void Dispose() => _zip.Dispose();
    }
}
