namespace Kumiko.Contract.Identity;

public class GetMeTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Users_can_read_their_own_account()
    {
        var alice = await kumiko.AliceAsync();
        var me = (await alice.GetAsync("/api/auth/me")).Is(200);
        Assert.Equal(alice.Id, me.Id);
        Assert.Equal(alice.Email, me["email"].GetString());
        Assert.Equal(
            ["created_at", "email", "email_verified", "id", "passkeys", "pending_email", "role", "second_factor", "updated_at", "username"],
            me.Json.EnumerateObject().Select(member => member.Name).Order()
        );
    }
}
