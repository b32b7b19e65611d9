namespace Kumiko.Contract.Identity;

/// <summary>Whether a browser stays signed in after it is closed.</summary>
public class RememberTests(RunningKumiko kumiko)
{
    [Theory]
    [InlineData(null, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task The_cookie_outlives_the_browser_unless_the_user_says_otherwise(bool? remember, bool isKept)
    {
        var rena = await kumiko.NewPersonAsync("rena");
        var signedIn = await SignInAsync(rena, remember);
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

    private static bool IsKept(Answer answer) => Cookie.Of(answer).Attributes.ContainsKey("max-age");
}
