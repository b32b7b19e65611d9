namespace Kumiko.Contract.Identity;

public class VerifyEmailTests(RunningKumiko kumiko)
{
    private const string Path = "/api/auth/email/verify";

    [Fact]
    public async Task The_link_of_the_mail_proves_the_address_once()
    {
        var vera = await kumiko.NewPersonAsync("vera");
        var before = (await vera.GetAsync("/api/auth/me")).Is(200);
        Assert.False(before["email_verified"].GetBoolean());
        var token = await Mailbox.TokenAsync(vera.Email, "/auth/verify");

        Assert.Empty((await kumiko.Anyone.PostAsync(Path, new { token })).Is(204).Bytes);

        var after = (await vera.GetAsync("/api/auth/me")).Is(200);
        Assert.True(after["email_verified"].GetBoolean());
        Assert.NotEqual(before.ETag, after.ETag);
        (await kumiko.Anyone.PostAsync(Path, new { token })).IsProblem(410);
    }

    [Fact]
    public async Task The_mail_says_the_same_as_text_and_as_HTML_in_the_readers_language()
    {
        var name = Person.UniqueName("verena");
        var email = $"{name}@example.test";
        (
            await kumiko.Anyone.PostAsync(
                "/api/auth/register",
                new
                {
                    email,
                    username = name,
                    password = $"pass of {Guid.NewGuid():N}",
                },
                ("Accept-Language", "ja-JP,ja;q=0.9,en;q=0.8")
            )
        ).Is(201);

        var mail = (await Mailbox.ReceiveAsync(email))[0];
        Assert.Equal("メールアドレスの確認", mail.Subject);
        Assert.Contains(name, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(name, mail.HtmlBody, StringComparison.Ordinal);
        var token = await Mailbox.TokenAsync(email, "/auth/verify");
        Assert.Contains($"/auth/verify#token={token}", mail.HtmlBody, StringComparison.Ordinal);
        // Not from the request, whose Host anybody can choose.
        var issuer = (await kumiko.Anyone.GetAsync("/api/auth/.well-known/openid-configuration")).Is(200)["issuer"].GetString()!;
        Assert.Contains($"{new Uri(issuer).GetLeftPart(UriPartial.Authority)}/auth/verify#", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_the_link_spends_nothing()
    {
        var vera = await kumiko.NewPersonAsync("vera");
        var token = await Mailbox.TokenAsync(vera.Email, "/auth/verify");
        foreach (var method in (string[])["GET", "HEAD", "PUT"])
            Assert.Equal(405, (await kumiko.Anyone.SendAsync(HttpMethod.Parse(method), $"{Path}?token={token}", null)).Status);
        (await kumiko.Anyone.PostAsync(Path, new { token })).Is(204);
    }

    [Fact]
    public async Task Of_ten_simultaneous_uses_one_succeeds()
    {
        var vera = await kumiko.NewPersonAsync("vera");
        var token = await Mailbox.TokenAsync(vera.Email, "/auth/verify");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => kumiko.Anyone.PostAsync(Path, new { token })));
        Assert.Single(answers, answer => answer.Status == 204);
        Assert.All(answers.Where(answer => answer.Status != 204), answer => answer.IsProblem(410));
    }

    [Fact]
    public async Task Proving_an_address_takes_it_from_an_account_that_never_did()
    {
        var (squatter, owner) = (await kumiko.NewPersonAsync("squatter"), await kumiko.NewPersonAsync("owner"));
        (await owner.PatchAsync("/api/auth/me", new { email = squatter.Email, current_password = owner.Password })).Is(200);
        var token = await Mailbox.TokenAsync(squatter.Email, "/auth/verify", count: 2);
        (await kumiko.Anyone.PostAsync(Path, new { token })).Is(204);

        Assert.Equal(squatter.Email, (await owner.GetAsync("/api/auth/me")).Is(200)["email"].GetString());
        Assert.NotEqual(squatter.Email, (await squatter.GetAsync("/api/auth/me")).Is(200)["email"].GetString());
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = squatter.Email, password = squatter.Password })).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = squatter.Email, password = owner.Password })).Is(200);
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("{\"token\":\"\"}", 422)]
    [InlineData("{\"token\":7}", 400)]
    [InlineData("{\"token\":\"made-up\"}", 410)]
    [InlineData("{\"token\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}", 410)]
    public async Task An_invalid_token_is_refused(string body, int status)
    {
        foreach (var path in (string[])[Path, "/api/auth/email/keep"])
            (await kumiko.Anyone.PostAsync(path, Caller.Json(body))).IsProblem(status);
    }
}
