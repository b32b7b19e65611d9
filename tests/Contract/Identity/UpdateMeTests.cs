using System.Text.Json;

namespace Kumiko.Contract.Identity;

public class UpdateMeTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task A_name_can_be_changed()
    {
        var nina = await kumiko.NewPersonAsync("nina");
        var name = Person.UniqueName("ニーナ");
        var changed = (await nina.PatchAsync("/api/auth/me", new { username = name })).Is(200);
        Assert.Equal(name, changed["username"].GetString());
        Assert.Equal(nina.Email, changed["email"].GetString());
        Assert.Equal(name, (await nina.GetAsync("/api/auth/me"))["username"].GetString());
        Assert.Equal(name, (await kumiko.Anyone.GetAsync($"/api/auth/users/{nina.Id}"))["username"].GetString());
        Assert.True(Moment.Of(changed["updated_at"]) >= Moment.Of(changed["created_at"]));
    }

    [Fact]
    public async Task A_new_address_is_pending_until_it_is_proved()
    {
        var nina = await kumiko.NewPersonAsync("nina");
        var email = $"new-{nina.Email}";
        HostLog.Watch("e-mail address", email);
        var pending = (await nina.PatchAsync("/api/auth/me", new { email, current_password = nina.Password })).Is(200);
        Assert.Equal((nina.Email, email), (pending["email"].GetString(), pending["pending_email"].GetString()));
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email, password = nina.Password })).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = nina.Email, password = nina.Password })).Is(200);

        var token = await Mailbox.TokenAsync(email, "/auth/verify");
        (await kumiko.Anyone.PostAsync("/api/auth/email/verify", new { token })).Is(204);

        var me = (await nina.GetAsync("/api/auth/me")).Is(200);
        Assert.Equal(email, me["email"].GetString());
        Assert.True(me["email_verified"].GetBoolean());
        Assert.Equal(JsonValueKind.Null, me["pending_email"].ValueKind);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email, password = nina.Password })).Is(200);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = nina.Email, password = nina.Password })).IsProblem(401);
    }

    [Fact]
    public async Task Another_users_name_cannot_be_taken()
    {
        var (nina, bob) = (await kumiko.NewPersonAsync("nina"), await kumiko.BobAsync());
        (await nina.PatchAsync("/api/auth/me", new { username = bob.Username.ToUpperInvariant() })).IsProblemWith(409, "username");
        Assert.Equal(nina.Username, (await nina.GetAsync("/api/auth/me"))["username"].GetString());
    }

    // Not the answer but a mail reveals it, and only to the owner of the address.
    [Fact]
    public async Task Only_the_owner_learns_that_an_address_is_taken()
    {
        var (nina, bob) = (await kumiko.NewPersonAsync("nina"), await kumiko.NewPersonAsync("bob"));
        await bob.VerifyAsync();
        var (free, taken) = (await AskAsync($"free-{nina.Email}"), await AskAsync(bob.Email));
        Assert.Equal(free.Text.Replace($"free-{nina.Email}", bob.Email, StringComparison.Ordinal).Length, taken.Text.Length);
        Assert.Equal(bob.Email, taken["pending_email"].GetString());

        var mails = await Mailbox.ReceiveAsync(bob.Email, count: 2);
        Assert.DoesNotContain("#token=", mails[1].TextBody, StringComparison.Ordinal);
        Assert.Contains(bob.Username, mails[1].TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(nina.Username, mails[1].TextBody, StringComparison.Ordinal);

        async Task<Answer> AskAsync(string email) =>
            (await nina.PatchAsync("/api/auth/me", new { email, current_password = nina.Password })).Is(200);
    }

    [Fact]
    public async Task The_current_address_cancels_a_pending_one_without_a_password()
    {
        var nina = await kumiko.NewPersonAsync("nina");
        (await nina.PatchAsync("/api/auth/me", new { email = $"new-{nina.Email}", current_password = nina.Password })).Is(200);
        var back = (await nina.PatchAsync("/api/auth/me", new { email = nina.Email })).Is(200);
        Assert.Equal(JsonValueKind.Null, back["pending_email"].ValueKind);
    }

    [Fact]
    public async Task Users_can_change_the_case_of_their_own_name()
    {
        var nina = await kumiko.NewPersonAsync("nina");
        var name = nina.Username.ToUpperInvariant();
        Assert.Equal(name, (await nina.PatchAsync("/api/auth/me", new { username = name })).Is(200)["username"].GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not the password")]
    public async Task A_new_address_needs_the_password(string? password)
    {
        var (nina, bob) = (await kumiko.NewPersonAsync("nina"), await kumiko.BobAsync());
        foreach (var email in (string[])[$"new-{nina.Email}", bob.Email])
        {
            var refused = (await nina.PatchAsync("/api/auth/me", new { email, current_password = password })).IsProblemWith(
                422,
                "current_password"
            );
            // A client that holds only an access token must not learn whether an address is taken.
            Assert.Equal("current_password", Assert.Single(refused["errors"].EnumerateObject()).Name);
        }

        Assert.Equal(nina.Email, (await nina.GetAsync("/api/auth/me")).Is(200)["email"].GetString());
        var name = Person.UniqueName("nina");
        Assert.Equal(name, (
                await nina.PatchAsync(
                    "/api/auth/me",
                    new
                    {
                        username = name,
                        email = nina.Email,
                        current_password = password,
                    }
                )
            ).Is(200)["username"].GetString());
    }

    [Theory]
    [InlineData("{\"username\":\"x\"}", 422)]
    [InlineData("{\"username\":\"\"}", 422)]
    [InlineData("{\"username\":\"sp ace\"}", 422)]
    [InlineData("{\"email\":\"none\"}", 422)]
    [InlineData("{\"username\":7}", 400)]
    [InlineData("{\"email\":[]}", 400)]
    [InlineData("{", 400)]
    [InlineData("[]", 400)]
    public async Task An_invalid_change_is_refused(string body, int status)
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PatchAsync("/api/auth/me", Caller.Json(body))).IsProblem(status);
        Assert.Equal(alice.Username, (await alice.GetAsync("/api/auth/me"))["username"].GetString());
    }

    [Fact]
    public async Task Users_cannot_make_themselves_admin_or_verified()
    {
        var alice = await kumiko.AliceAsync();
        await alice.PatchAsync(
            "/api/auth/me",
            new
            {
                role = "admin",
                email_verified = true,
                id = 1,
            }
        );
        var me = (await alice.GetAsync("/api/auth/me")).Is(200);
        Assert.Equal("member", me["role"].GetString());
        Assert.False(me["email_verified"].GetBoolean());
        var name = Person.UniqueName("sly");
        var body = new
        {
            email = $"{name}@example.test",
            username = name,
            password = "a good long password",
            role = "admin",
            email_verified = true,
        };
        var sly = (await kumiko.Anyone.PostAsync("/api/auth/register", body)).Is(201);
        Assert.Equal("member", sly["role"].GetString());
        Assert.False(sly["email_verified"].GetBoolean());
    }

    [Fact]
    public async Task Of_ten_simultaneous_renames_to_one_name_one_succeeds()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => kumiko.NewPersonAsync("wanter")));
        var name = Person.UniqueName("wanted");
        var answers = await Task.WhenAll(people.Select(person => person.PatchAsync("/api/auth/me", new { username = name })));
        var winner = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.IsProblemWith(409, "username"));
    }
}
