namespace Kumiko.Contract.Identity;

/// <summary>Whether a browser stays signed in after it is closed.</summary>
public class RememberTests(RunningKumiko kumiko)
{
    [Theory]
    [InlineData("a password", null, true)]
    [InlineData("a password", true, true)]
    [InlineData("a password", false, false)]
    [InlineData("a passkey", null, true)]
    [InlineData("a passkey", true, true)]
    [InlineData("a passkey", false, false)]
    public async Task The_cookie_outlives_the_browser_unless_the_user_says_otherwise(string way, bool? remember, bool isKept)
    {
        var rena = await kumiko.NewPersonAsync("rena");
        var signedIn = way == "a passkey" ? await SignInByPasskeyAsync(rena, remember) : await SignInAsync(rena, remember);
        Assert.Equal(isKept, IsKept(signedIn));
        var refreshed = (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, Cookie.Of(signedIn).Header)).Is(200);
        Assert.Equal(isKept, IsKept(refreshed));
    }

    [Fact]
    public async Task A_new_password_or_role_leaves_the_choice_as_it_was()
    {
        var rena = await kumiko.NewPersonAsync("rena");
        var signedIn = await SignInAsync(rena, remember: false);
        var changed = (
            await kumiko
                .Anyone.With(signedIn["access_token"].GetString())
                .PostAsync("/api/auth/me/password", new { current_password = rena.Password, new_password = $"new {rena.Password}" })
        ).Is(200);
        Assert.False(IsKept(changed));
        await kumiko.GiveRoleAsync(rena.Email, "moderator");
        var refreshed = (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, Cookie.Of(changed).Header)).Is(200);
        Assert.False(IsKept(refreshed));
    }

    [Fact]
    public async Task The_choice_is_true_or_false()
    {
        var rena = await kumiko.NewPersonAsync("rena");
        var body = $"{{\"email\":\"{rena.Email}\",\"password\":\"{rena.Password}\",\"remember\":\"often\"}}";
        (await kumiko.Anyone.PostAsync("/api/auth/login", Caller.Json(body))).IsProblem(400);
    }

    private async Task<Answer> SignInAsync(Person person, bool? remember) =>
        (
            await kumiko.Anyone.PostAsync(
                "/api/auth/login",
                new
                {
                    email = person.Email,
                    password = person.Password,
                    remember,
                }
            )
        ).Is(200);

    private async Task<Answer> SignInByPasskeyAsync(Person person, bool? remember)
    {
        var key = await SoftwareKey.AddAsync(person);
        var answer = key.Sign((await kumiko.Anyone.PostAsync("/api/auth/passkeys/login/begin")).Is(200));
        answer["remember"] = remember;
        return (await kumiko.Anyone.PostAsync("/api/auth/passkeys/login/finish", answer)).Is(200);
    }

    private static bool IsKept(Answer answer) => Cookie.Of(answer).Attributes.ContainsKey("max-age");
}
