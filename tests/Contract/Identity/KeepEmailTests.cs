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
        var kept = (await kumiko.Anyone.PostAsync(Path, new { token })).Is(200);

        // Whoever asked for it knew the password.
        await HasNewPasswordAsync(kate, kept);
        (await kate.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/email/verify", new { token = thiefs })).IsProblem(410);
        (await kumiko.Anyone.PostAsync(Path, new { token })).IsProblem(410);
        await SignInAsync(kate, NewPasswordOf(kate));
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

        var theirs = (await kumiko.Anyone.PostAsync(Path, new { token = thiefs })).Is(200)["reset_token"].GetString();
        var kept = (await kumiko.Anyone.PostAsync(Path, new { token = owners })).Is(200);

        // The thief's reset token is void, too.
        var password = $"theirs {kate.Password}";
        (await kumiko.Anyone.PostAsync("/api/auth/password/reset", new { token = theirs, new_password = password })).IsProblem(410);
        await HasNewPasswordAsync(kate, kept);
        await SignInAsync(kate, NewPasswordOf(kate));
        Assert.Equal(kate.Email, (await kate.GetAsync("/api/auth/me")).Is(200)["email"].GetString());
    }

    // The owner takes the address back by a mail, too, so that the thief gets a link, and the next change must not void the owner's first.
    [Fact]
    public async Task A_thief_who_lets_the_owner_take_the_address_back_cannot_void_what_the_owner_got()
    {
        var kate = await kumiko.NewPersonAsync("kate");
        await kate.VerifyAsync();
        var (first, second) = ($"first-{kate.Email}", $"second-{kate.Email}");
        await ChangeAsync(first);
        await ProveAsync(first);
        var owners = await Mailbox.TokenAsync(kate.Email, "/auth/keep-email");
        await ChangeAsync(kate.Email);
        // The first proved the address at the beginning.
        await ProveAsync(kate.Email, mails: 2);
        var thiefs = await Mailbox.TokenAsync(first, "/auth/keep-email");
        await ChangeAsync(second);
        await Mailbox.ReceiveAsync(kate.Email, "/auth/keep-email", count: 2);

        (await kumiko.Anyone.PostAsync(Path, new { token = thiefs })).Is(200);
        var kept = (await kumiko.Anyone.PostAsync(Path, new { token = owners })).Is(200);

        await HasNewPasswordAsync(kate, kept);
        await SignInAsync(kate, NewPasswordOf(kate));
        Assert.Equal(kate.Email, (await kate.GetAsync("/api/auth/me")).Is(200)["email"].GetString());

        async Task ChangeAsync(string email) =>
            (await kate.PatchAsync("/api/auth/me", new { email, current_password = kate.Password })).Is(200);
        async Task ProveAsync(string email, int mails = 1)
        {
            var token = await Mailbox.TokenAsync(email, "/auth/verify", mails);
            (await kumiko.Anyone.PostAsync("/api/auth/email/verify", new { token })).Is(204);
        }
    }

    private static string NewPasswordOf(Person person) => $"new {person.Password}";

    // The old one signs nobody in, and the answer lets the owner choose another.
    private async Task HasNewPasswordAsync(Person person, Answer kept)
    {
        (await TrySignInAsync(person, person.Password)).IsProblem(401);
        var (token, password) = (kept["reset_token"].GetString(), NewPasswordOf(person));
        HostLog.Watch("mailed secret", token);
        HostLog.Watch("password", password);
        (await kumiko.Anyone.PostAsync("/api/auth/password/reset", new { token, new_password = password })).Is(204);
        (await TrySignInAsync(person, person.Password)).IsProblem(401);
    }

    private async Task SignInAsync(Person person, string password) => person.UseTokens((await TrySignInAsync(person, password)).Is(200));

    private Task<Answer> TrySignInAsync(Person person, string password) =>
        kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new
            {
                email = person.Email,
                password,
                token_delivery = "body",
            }
        );
}
