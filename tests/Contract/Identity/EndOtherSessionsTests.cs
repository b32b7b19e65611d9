namespace Kumiko.Contract.Identity;

public class EndOtherSessionsTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Ending_the_other_sessions_keeps_this_one()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        var others = new[] { await mallory.OnAnotherDeviceAsync(), await mallory.OnAnotherDeviceAsync() };
        (await mallory.DeleteAsync("/api/auth/sessions")).Is(204);
        Assert.True(Assert.Single((await mallory.GetAsync("/api/auth/sessions")).Is(200).Items).GetProperty("current").GetBoolean());
        foreach (var other in others)
        {
            (await other.GetAsync("/api/auth/me")).IsProblem(401);
            (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = other.RefreshToken })).IsProblem(401);
        }

        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = mallory.RefreshToken })).Is(200);
    }
}
