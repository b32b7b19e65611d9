using System.Text.Json;

namespace Kumiko.Contract.Identity;

public class KeepEmailTests(RunningKumiko kumiko)
{
    private const string Path = "/api/auth/email/keep";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_old_address_undoes_a_change_before_and_after_the_new_one_is_proved(bool isProved)
    {
        var kate = await kumiko.NewPersonAsync("kate");
        await kate.VerifyAsync();
        var email = $"thief-{kate.Email}";
        HostLog.Watch("e-mail address", email);
        (await kate.PatchAsync("/api/auth/me", new { email, current_password = kate.Password })).Is(200);
        var thiefs = await Mailbox.TokenAsync(email, "/auth/verify");
        if (isProved)
            (await kumiko.Anyone.PostAsync("/api/auth/email/verify", new { token = thiefs })).Is(204);

        var token = await Mailbox.TokenAsync(kate.Email, "/auth/keep-email");
        (await kumiko.Anyone.PostAsync(Path, new { token })).Is(204);

        // Whoever asked for it knew the password.
        (await kate.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/email/verify", new { token = thiefs })).IsProblem(410);
        (await kumiko.Anyone.PostAsync(Path, new { token })).IsProblem(410);
        await kate.SignInAsync();
        var me = (await kate.GetAsync("/api/auth/me")).Is(200);
        Assert.Equal(kate.Email, me["email"].GetString());
        Assert.True(me["email_verified"].GetBoolean());
        Assert.Equal(JsonValueKind.Null, me["pending_email"].ValueKind);
    }

    [Fact]
    public async Task A_thief_who_changes_the_address_twice_cannot_void_what_the_owner_got()
    {
        var kate = await kumiko.NewPersonAsync("kate");
        await kate.VerifyAsync();
        var (first, second) = ($"first-{kate.Email}", $"second-{kate.Email}");
        (await kate.PatchAsync("/api/auth/me", new { email = first, current_password = kate.Password })).Is(200);
        var token = await Mailbox.TokenAsync(first, "/auth/verify");
        (await kumiko.Anyone.PostAsync("/api/auth/email/verify", new { token })).Is(204);
        (await kate.PatchAsync("/api/auth/me", new { email = second, current_password = kate.Password })).Is(200);
        var thiefs = await Mailbox.TokenAsync(first, "/auth/keep-email");
        var owners = await Mailbox.TokenAsync(kate.Email, "/auth/keep-email");

        (await kumiko.Anyone.PostAsync(Path, new { token = thiefs })).Is(204);
        (await kumiko.Anyone.PostAsync(Path, new { token = owners })).Is(204);

        await kate.SignInAsync();
        Assert.Equal(kate.Email, (await kate.GetAsync("/api/auth/me")).Is(200)["email"].GetString());
    }
}
