using System.Diagnostics;

namespace Kumiko.Contract.Identity;

/// <summary>
/// What admins change takes effect in every module within three seconds. Runs after the rest of the suite, whose load would count towards
/// the promised time.
/// </summary>
[Collection(nameof(EndedSessionTests))]
public class UpdateUserTests(RunningKumiko kumiko)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_disabled_account_is_signed_out_everywhere_and_cannot_come_back()
    {
        var (admin, mallory) = (await kumiko.AdminAsync(), await kumiko.NewPersonAsync("mallory"));
        var other = await mallory.OnAnotherDeviceAsync();
        var post = await mallory.WriteAsync("before the end");

        var disabled = (await admin.PatchAsync(Path(mallory), new { disabled = true, reason = "Sends advertisements." })).Is(200);

        Assert.True(disabled["disabled"].GetBoolean());
        Assert.Equal("Sends advertisements.", disabled["disabled_reason"].GetString());
        Moment.IsRecent(disabled["disabled_at"]);
        await Task.WhenAll(RefusesAsync(mallory), RefusesAsync(other));
        (await mallory.DeleteAsync($"/api/crud/posts/{post.Id}")).IsProblem(401);
        (await mallory.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = mallory.RefreshToken })).IsProblem(401);

        // Only somebody who knows the password learns why.
        var right = (await LoginAsync(mallory, mallory.Password)).IsProblem(401);
        Assert.EndsWith("/account-disabled", right["type"].GetString(), StringComparison.Ordinal);
        var wrong = (await LoginAsync(mallory, "not the password")).IsProblem(401);
        var unknown = (
            await kumiko.Anyone.PostAsync("/api/auth/login", new { email = "x" + mallory.Email, password = "not the password" })
        ).IsProblem(401);
        Assert.Equal(
            (unknown["type"].GetString(), unknown["detail"].GetString()),
            (wrong["type"].GetString(), wrong["detail"].GetString())
        );

        (await admin.PatchAsync(Path(mallory), new { disabled = false })).Is(200);
        await mallory.SignInAsync();
        await mallory.WriteAsync("back again");
    }

    [Fact]
    public async Task A_new_role_reaches_every_module_and_signs_nobody_out()
    {
        var (admin, bob, alice) = (await kumiko.AdminAsync(), await kumiko.NewPersonAsync("bob"), await kumiko.AliceAsync());
        var other = await bob.OnAnotherDeviceAsync();
        var before = bob.With(bob.AccessToken);
        var post = await alice.WriteAsync("somebody else's");
        (await bob.DeleteAsync($"/api/crud/posts/{post.Id}")).IsProblem(403);

        (await admin.PatchAsync(Path(bob), new { role = "moderator" })).Is(200);
        await RefusesAsync(before);
        await Task.WhenAll(bob.RefreshAsync(), other.RefreshAsync());

        Assert.Equal("moderator", (await bob.GetAsync("/api/auth/me")).Is(200)["role"].GetString());
        (await bob.DeleteAsync($"/api/crud/posts/{post.Id}")).Is(204);
        Assert.Equal(2, (await other.GetAsync("/api/auth/sessions")).Is(200).Items.Count);

        var second = await alice.WriteAsync("somebody else's again");
        before = bob.With(bob.AccessToken);
        (await admin.PatchAsync(Path(bob), new { role = "member" })).Is(200);
        await RefusesAsync(before);
        await bob.RefreshAsync();
        (await bob.DeleteAsync($"/api/crud/posts/{second.Id}")).IsProblem(403);
    }

    [Fact]
    public async Task An_admin_can_sign_somebody_out_everywhere()
    {
        var (admin, mallory) = (await kumiko.AdminAsync(), await kumiko.NewPersonAsync("mallory"));
        var other = await mallory.OnAnotherDeviceAsync();
        Assert.Empty((await admin.DeleteAsync(Path(mallory) + "/sessions")).Is(204).Bytes);
        await Task.WhenAll(RefusesAsync(mallory), RefusesAsync(other));
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = mallory.RefreshToken })).IsProblem(401);
        await mallory.SignInAsync();
        (await admin.DeleteAsync("/api/auth/admin/users/0/sessions")).IsProblem(404);
    }

    [Fact]
    public async Task Admins_cannot_change_themselves()
    {
        var admin = await kumiko.AdminAsync();
        (await admin.PatchAsync(Path(admin), new { role = "member" })).IsProblem(409);
        (await admin.PatchAsync(Path(admin), new { disabled = true })).IsProblem(409);
        // Nothing changes.
        (await admin.PatchAsync(Path(admin), new { role = "admin", disabled = false })).Is(200);
        (await admin.PatchAsync(Path(admin), null)).Is(200);
    }

    [Fact]
    public async Task A_change_honours_If_Match()
    {
        var (admin, bob) = (await kumiko.AdminAsync(), await kumiko.NewPersonAsync("bob"));
        var seen = (await admin.GetAsync(Path(bob))).Is(200);
        Assert.Equal("member", seen["role"].GetString());
        (await admin.GetAsync(Path(bob), ("If-None-Match", seen.ETag))).Is(304);
        var changed = (await admin.PatchAsync(Path(bob), new { role = "moderator" }, ("If-Match", seen.ETag))).Is(200);
        Assert.NotEqual(seen.ETag, changed.ETag);
        (await admin.PatchAsync(Path(bob), new { role = "member" }, ("If-Match", seen.ETag))).IsProblem(412);
        Assert.Equal(changed.Text, (await admin.GetAsync(Path(bob), ("If-Match", changed.ETag))).Is(200).Text);
    }

    [Fact]
    public async Task What_is_invalid_is_refused()
    {
        var (admin, bob) = (await kumiko.AdminAsync(), await kumiko.BobAsync());
        (await admin.PatchAsync(Path(bob), new { role = "owner" })).IsProblemWith(422, "role");
        (await admin.PatchAsync(Path(bob), new { disabled = true, reason = new string('x', 501) })).IsProblemWith(422, "reason");
        (await admin.PatchAsync(Path(bob), new { disabled = true, reason = "one\ntwo" })).IsProblemWith(422, "reason");
        (await admin.PatchAsync(Path(bob), new { disabled = "yes" })).IsProblem(400);
        (await admin.PatchAsync("/api/auth/admin/users/0", new { role = "member" })).IsProblem(404);
        (await admin.GetAsync("/api/auth/admin/users/0")).IsProblem(404);
    }

    [Fact]
    public async Task Nothing_but_the_role_and_the_state_can_be_changed()
    {
        var (admin, bob) = (await kumiko.AdminAsync(), await kumiko.NewPersonAsync("bob"));
        var before = (await admin.GetAsync(Path(bob))).Is(200);
        await admin.PatchAsync(
            Path(bob),
            new
            {
                id = admin.Id,
                email = "taken@example.test",
                username = "taken",
                email_verified = true,
                password = "a new password",
                disabled_at = "2026-01-01T00:00:00.000Z",
                version = 99,
            }
        );
        Assert.Equal(before.Text, (await admin.GetAsync(Path(bob))).Is(200).Text);
    }

    private static string Path(Person person) => $"/api/auth/admin/users/{person.Id}";

    private Task<Answer> LoginAsync(Person person, string password) =>
        kumiko.Anyone.PostAsync("/api/auth/login", new { email = person.Email, password });

    private static async Task RefusesAsync(Caller caller)
    {
        var clock = Stopwatch.StartNew();
        while ((await caller.PostAsync("/api/crud/posts", new { content = "too late" })) is { Status: not 401 } answer)
        {
            answer.Is(201);
            Assert.True(clock.Elapsed < Promised, $"After {Promised.TotalSeconds} s it is still taken: {answer}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
