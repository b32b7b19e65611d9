namespace Kumiko.Contract.Identity;

public class DeleteMeTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Deleting_the_account_needs_the_password()
    {
        var oscar = await kumiko.NewPersonAsync("oscar");
        var wrong = await oscar.DeleteAsync("/api/auth/me", new { password = "not the password" });
        Assert.True(wrong.Status is 403 or 422, $"{wrong}");
        wrong.IsProblem(wrong.Status);
        (await oscar.DeleteAsync("/api/auth/me", new { })).IsProblemWith(422, "password");
        (await oscar.DeleteAsync("/api/auth/me", Caller.Json("{"))).IsProblem(400);
        (await oscar.GetAsync("/api/auth/me")).Is(200);
    }

    [Fact]
    public async Task A_deleted_account_is_gone_with_its_sessions_and_its_name_is_free()
    {
        var oscar = await kumiko.NewPersonAsync("oscar");
        var other = await oscar.OnAnotherDeviceAsync();
        Assert.Empty((await oscar.DeleteAsync("/api/auth/me", new { password = oscar.Password })).Is(204).Bytes);
        (await oscar.GetAsync("/api/auth/me")).IsProblem(401);
        (await other.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = other.RefreshToken })).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = oscar.Email, password = oscar.Password })).IsProblem(401);
        (await kumiko.Anyone.GetAsync($"/api/auth/users/{oscar.Id}")).IsProblem(404);
        var again = await kumiko.Anyone.PostAsync(
            "/api/auth/register",
            new
            {
                email = oscar.Email,
                username = oscar.Username,
                password = oscar.Password,
            }
        );
        Assert.NotEqual(oscar.Id, again.Is(201).Id);
    }
}
