using System.IO.Compression;
using System.Text.Json;

namespace Kumiko.Contract.Identity;

public class ExportMeTests(RunningKumiko kumiko)
{
    private const string Activity = "identity/activity.json";

    private static readonly string[] Files =
    [
        "identity/account.json",
        Activity,
        "identity/authenticator_app.json",
        "identity/former_names.json",
        "identity/invitations.json",
        "identity/known_devices.json",
        "identity/mailed_links.json",
        "identity/passkeys.json",
        "identity/sessions.json",
        "identity/stored_answers.json",
        "posts/author.json",
        "posts/changes.json",
        "posts/posts.json",
        "posts/stored_answers.json",
    ];

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
    public async Task Every_file_holds_something_of_a_person_who_used_everything_and_nothing_of_others()
    {
        var admin = await kumiko.AdminAsync();
        var (erin, other) = (await LiveAsync(admin, "erin"), await LiveAsync(admin, "frank"));
        using var export = await ReadAsync(erin);
        using var others = await ReadAsync(other);

        Assert.Equal(Files, export.Names.Except(["about.json"]).Order(StringComparer.Ordinal));
        foreach (var file in Files)
        {
            Assert.True(export.Rows(file).Count > 0, $"{file} is empty.");
            // Both did the same, but nothing at the same time.
            Assert.Empty(TextsOf(export, file).Intersect(TextsOf(others, file)));
        }

        var activity = export.Rows(Activity);
        Assert.Contains(activity, row => row.GetProperty("action").GetString() == "registration");
        Assert.All(activity, row => Assert.Contains("self", $"{row.GetProperty("done_by")} {row.GetProperty("done_to")}"));
        var byStaff = activity.Where(row => row.GetProperty("done_by").GetString() == "staff").ToList();
        Assert.Equal(
            ["account_disabling", "account_enabling", "role_change", "session_end"],
            byStaff.Select(row => row.GetProperty("action").GetString()).Distinct().Order(StringComparer.Ordinal)
        );
        // Theirs, not the person's, except for a session of the person that they ended.
        Assert.All(byStaff, row => Assert.Equal(JsonValueKind.Null, row.GetProperty("client").ValueKind));
        Assert.All(
            byStaff,
            row =>
                Assert.Equal(
                    row.GetProperty("action").GetString() == "session_end" ? JsonValueKind.Number : JsonValueKind.Null,
                    row.GetProperty("session_id").ValueKind
                )
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

    // Somebody of whom every table holds something.
    private async Task<Person> LiveAsync(Person admin, string name)
    {
        var person = await Person.JoinAsync(kumiko.Anyone, name, NewKey());
        await person.VerifyAsync();
        await kumiko.GiveRoleAsync(person.Email, "admin");
        await person.RefreshAsync();
        (await person.PostAsync("/api/crud/posts", new { content = "kept" }, NewKey())).Is(201);
        (await person.DeleteAsync($"/api/crud/posts/{(await person.WriteAsync("deleted")).Id}")).Is(204);
        (await person.PatchAsync("/api/auth/me", new { username = Person.UniqueName(name) })).Is(200);
        var email = $"new-{person.Email}";
        (await person.PatchAsync("/api/auth/me", new { email, current_password = person.Password })).Is(200);
        foreach (var disabled in (bool[])[true, false])
            (await admin.PatchAsync($"/api/auth/admin/users/{person.Id}", new { disabled })).Is(200);
        await person.SignInAsync();
        (await person.PostAsync("/api/auth/admin/invitations", new { email = $"guest-{person.Email}" })).Is(201);
        await person.UseAuthenticatorAsync();
        await person.RefreshAsync();
        await SoftwareKey.AddAsync(person);
        return person;
    }

    private static (string, string) NewKey() => ("Idempotency-Key", $"{Guid.NewGuid():N}");

    private static IEnumerable<string> TextsOf(Export export, string file) => export.Rows(file).Select(row => row.GetRawText());

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
