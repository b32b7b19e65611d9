namespace Kumiko.Contract.Identity;

public class AccountTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task One_sees_ones_own_account()
    {
        var alice = await kumiko.AliceAsync();
        var me = (await alice.GetAsync("/api/auth/me")).Is(200);
        Assert.Equal(alice.Id, me.Id);
        Assert.Equal(alice.Email, me["email"].GetString());
        Assert.Equal(
            ["created_at", "email", "email_verified", "id", "role", "updated_at", "username"],
            me.Json.EnumerateObject().Select(member => member.Name).Order()
        );
    }

    [Fact]
    public async Task Others_see_the_name_and_nothing_private()
    {
        var alice = await kumiko.AliceAsync();
        var profile = (await kumiko.Anyone.GetAsync($"/api/auth/users/{alice.Id}")).Is(200);
        Assert.Equal(["created_at", "id", "username"], profile.Json.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(alice.Username, profile["username"].GetString());
        Moment.Of(profile["created_at"]);
    }

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
    public async Task A_new_address_is_unverified_and_signs_in()
    {
        var nina = await kumiko.NewPersonAsync("nina");
        var email = $"new-{nina.Email}";
        HostLog.Watch("e-mail address", email);
        var changed = (await nina.PatchAsync("/api/auth/me", new { email, current_password = nina.Password })).Is(200);
        Assert.Equal(email, changed["email"].GetString());
        Assert.False(changed["email_verified"].GetBoolean());
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email, password = nina.Password })).Is(200);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = nina.Email, password = nina.Password })).IsProblem(401);
    }

    [Fact]
    public async Task Somebody_elses_name_or_address_cannot_be_taken()
    {
        var (nina, bob) = (await kumiko.NewPersonAsync("nina"), await kumiko.BobAsync());
        (await nina.PatchAsync("/api/auth/me", new { username = bob.Username.ToUpperInvariant() })).IsProblemWith(409, "username");
        (
            await nina.PatchAsync("/api/auth/me", new { email = bob.Email.ToUpperInvariant(), current_password = nina.Password })
        ).IsProblemWith(409, "email");
        Assert.Equal(nina.Username, (await nina.GetAsync("/api/auth/me"))["username"].GetString());
    }

    [Fact]
    public async Task Ones_own_name_may_be_written_in_another_case()
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
    public async Task A_change_that_makes_no_sense_is_refused(string body, int status)
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PatchAsync("/api/auth/me", Caller.Json(body))).IsProblem(status);
        Assert.Equal(alice.Username, (await alice.GetAsync("/api/auth/me"))["username"].GetString());
    }

    [Fact]
    public async Task Nobody_makes_himself_an_admin_or_verified()
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
    public async Task Of_ten_who_want_one_name_at_once_one_gets_it()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => kumiko.NewPersonAsync("wanter")));
        var name = Person.UniqueName("wanted");
        var answers = await Task.WhenAll(people.Select(person => person.PatchAsync("/api/auth/me", new { username = name })));
        var winner = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.IsProblemWith(409, "username"));
    }

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
