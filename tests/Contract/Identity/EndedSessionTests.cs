using System.Diagnostics;

namespace Kumiko.Contract.Identity;

/// <summary>
/// A session that has ended has ended in every module, whatever its access token says. Runs after the rest of the suite, whose load would
/// count towards the promised time.
/// </summary>
[CollectionDefinition(nameof(EndedSessionTests), DisableParallelization = true)]
[Collection(nameof(EndedSessionTests))]
public class EndedSessionTests(RunningKumiko kumiko)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_session_that_signed_out_cannot_write()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        var post = await grace.WriteAsync("before the end");

        (await grace.PostAsync("/api/auth/logout")).Is(204);

        await EndsAsync(grace);
        (await grace.PutAsync($"/api/crud/posts/{post.Id}", new { content = "after the end" })).IsProblem(401);
        (await grace.DeleteAsync($"/api/crud/posts/{post.Id}")).IsProblem(401);
        Assert.Equal("before the end", (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}")).Is(200).Content);
        (await grace.GetAsync("/api/auth/me")).IsProblem(401);
    }

    [Fact]
    public async Task A_session_that_signed_out_by_its_refresh_token_cannot_write()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        (await kumiko.Anyone.PostAsync("/api/auth/logout", new { refresh_token = grace.RefreshToken })).Is(204);
        await EndsAsync(grace);
    }

    [Fact]
    public async Task A_session_ended_elsewhere_cannot_write()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        var other = await grace.OnAnotherDeviceAsync();
        var current = (await other.GetAsync("/api/auth/sessions"))
            .Is(200)
            .Items.Single(session => session.GetProperty("current").GetBoolean());
        (await grace.DeleteAsync($"/api/auth/sessions/{current.GetProperty("id").GetInt64()}")).Is(204);
        await EndsAsync(other);
        await grace.WriteAsync("this one lives");
    }

    [Fact]
    public async Task Other_sessions_cannot_write_after_they_are_all_ended()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        Person[] others = [await grace.OnAnotherDeviceAsync(), await grace.OnAnotherDeviceAsync()];
        (await grace.DeleteAsync("/api/auth/sessions")).Is(204);
        await Task.WhenAll(others.Select(EndsAsync));
        await grace.WriteAsync("this one lives");
    }

    [Fact]
    public async Task A_session_from_before_a_password_change_cannot_write()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        var other = await grace.OnAnotherDeviceAsync();
        var before = grace.With(grace.AccessToken);
        grace.UseTokens(
            (
                await grace.PostAsync(
                    "/api/auth/me/password",
                    new
                    {
                        current_password = grace.Password,
                        new_password = "an even better password",
                        token_delivery = "body",
                    }
                )
            ).Is(200)
        );
        await Task.WhenAll(EndsAsync(other), EndsAsync(before));
        await grace.WriteAsync("with the new pair");
    }

    [Fact]
    public async Task A_session_whose_refresh_token_was_reused_cannot_write()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        var spent = grace.RefreshToken;
        var before = grace.With(grace.AccessToken);
        // Once its successor is used, it has no grace period.
        for (var n = 0; n < 2; n++)
            grace.UseTokens((await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = grace.RefreshToken })).Is(200));
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = spent })).IsProblem(401);
        await EndsAsync(grace);
        (await before.PostAsync("/api/crud/posts", new { content = "with the token of before" })).IsProblem(401);
    }

    [Fact]
    public async Task A_deleted_account_cannot_write()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        var other = await grace.OnAnotherDeviceAsync();
        (await grace.DeleteAsync("/api/auth/me", new { password = grace.Password })).Is(204);
        await Task.WhenAll(EndsAsync(grace), EndsAsync(other));
    }

    // Until the event has arrived, a write succeeds; from then on, none does.
    private static async Task EndsAsync(Caller caller)
    {
        var clock = Stopwatch.StartNew();
        while ((await caller.PostAsync("/api/crud/posts", new { content = "too late" })) is { Status: not 401 } answer)
        {
            answer.Is(201);
            Assert.True(clock.Elapsed < Promised, $"After {Promised.TotalSeconds} s it is still taken: {answer}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        for (var again = 0; again < 5; again++)
            (await caller.PostAsync("/api/crud/posts", new { content = "too late" })).IsProblem(401);
    }
}
