namespace Kumiko.Contract.Identity;

public class ResendVerificationTests(RunningKumiko kumiko)
{
    private const string Path = "/api/auth/email/verify/resend";

    [Fact]
    public async Task Another_mail_voids_the_one_before()
    {
        var vera = await kumiko.NewPersonAsync("vera");
        var first = await Mailbox.TokenAsync(vera.Email, "/auth/verify");
        Assert.Empty((await vera.PostAsync(Path)).Is(202).Bytes);
        var second = await Mailbox.TokenAsync(vera.Email, "/auth/verify", count: 2);
        (await kumiko.Anyone.PostAsync("/api/auth/email/verify", new { token = first })).IsProblem(410);
        (await kumiko.Anyone.PostAsync("/api/auth/email/verify", new { token = second })).Is(204);
    }

    [Fact]
    public async Task A_proved_address_gets_no_other_mail_but_a_pending_one_does()
    {
        var vera = await kumiko.NewPersonAsync("vera");
        await vera.VerifyAsync();
        (await vera.PostAsync(Path)).Is(202);
        var email = $"new-{vera.Email}";
        (await vera.PatchAsync("/api/auth/me", new { email, current_password = vera.Password })).Is(200);
        (await vera.PostAsync(Path)).Is(202);
        await Mailbox.ReceiveAsync(email, "/auth/verify", count: 2);
        Assert.Single(await Mailbox.FindAsync(vera.Email, "/auth/verify"));
    }

    [Fact]
    public async Task Only_a_signed_in_user_can_ask_for_it() => (await kumiko.Anyone.PostAsync(Path)).IsProblem(401);
}
