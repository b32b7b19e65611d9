namespace Kumiko.Contract.Identity;

public class GetUserTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Others_see_the_name_but_nothing_private()
    {
        var alice = await kumiko.AliceAsync();
        var profile = (await kumiko.Anyone.GetAsync($"/api/auth/users/{alice.Id}")).Is(200);
        Assert.Equal(["created_at", "id", "username"], profile.Json.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(alice.Username, profile["username"].GetString());
        Moment.Of(profile["created_at"]);
    }
}
