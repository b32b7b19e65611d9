namespace Kumiko.Contract.Identity;

public class RegisterUserTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task A_new_account_is_an_unverified_member()
    {
        var name = Person.UniqueName("heidi");
        var user = (await RegisterAsync($"{name}@example.test", name)).Is(201);
        Assert.Equal(
            ["created_at", "email", "email_verified", "id", "passkeys", "pending_email", "role", "second_factor", "updated_at", "username"],
            user.Json.EnumerateObject().Select(member => member.Name).Order()
        );
        Assert.True(user.Id > 0);
        Assert.Equal($"{name}@example.test", user["email"].GetString());
        Assert.Equal(name, user["username"].GetString());
        Assert.False(user["email_verified"].GetBoolean());
        Assert.Equal("member", user["role"].GetString());
        Moment.IsRecent(user["created_at"]);
        Moment.IsRecent(user["updated_at"]);
        Assert.NotNull(user.Header("Location"));
        Assert.Null(user.Header("Set-Cookie"));
    }

    [Fact]
    public async Task An_address_that_is_taken_in_another_case_is_a_conflict()
    {
        var name = Person.UniqueName("ivan");
        (await RegisterAsync($"{name}@example.test", name)).Is(201);
        (await RegisterAsync($"{name}@example.test", Person.UniqueName("other"))).IsProblemWith(409, "email");
        (await RegisterAsync($"{name.ToUpperInvariant()}@Example.TEST", Person.UniqueName("other"))).IsProblemWith(409, "email");
    }

    [Theory]
    [InlineData("judy", "JUDY")]
    [InlineData("ölaf", "ÖLAF")]
    [InlineData("дмитрий", "ДМИТРИЙ")]
    [InlineData("Σίσυφος", "ΣΊΣΥΦΟΣ")]
    public async Task A_name_that_is_taken_in_another_case_is_a_conflict(string name, string sameName)
    {
        var unique = Person.UniqueDigits();
        (await RegisterAsync($"{unique}@example.test", name + unique)).Is(201);
        (await RegisterAsync($"other-{unique}@example.test", name + unique)).IsProblemWith(409, "username");
        (await RegisterAsync($"other-{unique}@example.test", sameName + unique.ToUpperInvariant())).IsProblemWith(409, "username");
    }

    [Fact]
    public async Task Names_that_differ_in_an_accent_or_a_mark_are_different()
    {
        var unique = Person.UniqueDigits();
        foreach (var name in (string[])["jose", "josé", "ハハ", "パパ", "ババ"])
            (await RegisterAsync($"{Guid.NewGuid():N}@example.test", name + unique)).Is(201);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("木組子")]
    [InlineData("くみこ_ちゃん")]
    [InlineData("Ольга-7")]
    [InlineData("محمد.علي")]
    [InlineData("박지훈")]
    [InlineData("नमस्ते")]
    [InlineData("𠮷野家")]
    [InlineData("a_b-c.d")]
    [InlineData("٣٤٥")]
    public async Task A_name_may_be_in_any_script(string name)
    {
        var unique = Person.UniqueDigits();
        var user = (await RegisterAsync($"{unique}@example.test", name + unique)).Is(201);
        Assert.Equal(name + unique, user["username"].GetString());
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("木組")]
    [InlineData("𠮷𠮷")]
    [InlineData("a b c")]
    [InlineData("name!")]
    [InlineData("me@home")]
    [InlineData("slash/es")]
    [InlineData("<script>")]
    [InlineData("smile😀")]
    [InlineData("tab\tbed")]
    [InlineData("null\u0000null")]
    [InlineData("zero\u200Bwidth")]
    [InlineData("right\u202Eleft")]
    [InlineData("yuki\uFE0F")]
    [InlineData("yuki\u034F")]
    [InlineData("yuki\u3164")]
    [InlineData("\u3164\u3164\u3164")]
    [InlineData("zalgo\u0301\u0302\u0303\u0304")]
    [InlineData("...")]
    [InlineData("-_-")]
    [InlineData("h\u0430n\u0430ko")]
    [InlineData("paypa\u04CF")]
    [InlineData("\u0391lice")]
    [InlineData("x33")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task A_name_that_is_too_short_too_long_or_has_other_characters_is_invalid(string? name)
    {
        var username = name == "x33" ? new string('x', 33) : name;
        (await RegisterAsync($"{Guid.NewGuid():N}@example.test", username)).IsProblemWith(422, "username");
    }

    [Theory]
    [InlineData("paypal", "paypaI")]
    [InlineData("mark", "rnark")]
    [InlineData("сосо", "coco")]
    [InlineData("СОСО", "coco")]
    [InlineData("ロロ", "口口")]
    public async Task A_name_that_looks_like_one_that_is_taken_is_a_conflict(string name, string lookAlike)
    {
        var unique = Person.UniqueDigits();
        (await RegisterAsync($"{unique}@example.test", name + unique)).Is(201);
        (await RegisterAsync($"other-{unique}@example.test", lookAlike + unique)).IsProblemWith(409, "username");
        var alice = await kumiko.AliceAsync();
        (await alice.PatchAsync("/api/auth/me", new { username = lookAlike + unique })).IsProblemWith(409, "username");
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("Admin")]
    [InlineData("ADMIN")]
    [InlineData("root")]
    [InlineData("r00t")]
    [InlineData("_admin_")]
    [InlineData("ad-min")]
    [InlineData("support")]
    [InlineData("null")]
    [InlineData("nuII")]
    [InlineData("Kurniko")]
    [InlineData("ｋｕｍｉｋｏ")]
    [InlineData("管理者")]
    [InlineData("ADMlN")]
    [InlineData("adm1n")]
    [InlineData("lnfo")]
    [InlineData("N1L")]
    [InlineData("OFFIClAL")]
    [InlineData("a.dmln")]
    [InlineData("KUMlKO")]
    public async Task A_reserved_name_or_one_that_looks_like_it_is_a_conflict(string name)
    {
        (await RegisterAsync($"{Guid.NewGuid():N}@example.test", name)).IsProblemWith(409, "username");
        var alice = await kumiko.AliceAsync();
        (await alice.PatchAsync("/api/auth/me", new { username = name })).IsProblemWith(409, "username");
    }

    [Fact]
    public async Task A_name_released_by_a_rename_stays_reserved_for_its_owner()
    {
        var (owner, other) = (await kumiko.NewPersonAsync("owner"), await kumiko.NewPersonAsync("other"));
        (await owner.PatchAsync("/api/auth/me", new { username = Person.UniqueName("renamed") })).Is(200);
        (await RegisterAsync($"{Guid.NewGuid():N}@example.test", owner.Username)).IsProblemWith(409, "username");
        (await RegisterAsync($"{Guid.NewGuid():N}@example.test", owner.Username.Replace('o', 'O'))).IsProblemWith(409, "username");
        (await other.PatchAsync("/api/auth/me", new { username = owner.Username })).IsProblemWith(409, "username");
        (await owner.PatchAsync("/api/auth/me", new { username = owner.Username })).Is(200);
    }

    [Fact]
    public async Task A_name_released_by_a_deletion_is_free_for_the_same_address_only()
    {
        var (owner, other) = (await kumiko.NewPersonAsync("owner"), await kumiko.NewPersonAsync("other"));
        var renamed = Person.UniqueName("renamed");
        (await owner.PatchAsync("/api/auth/me", new { username = renamed })).Is(200);
        (await owner.DeleteAsync("/api/auth/me", new { password = owner.Password })).Is(204);
        foreach (var name in (string[])[owner.Username, renamed])
        {
            (await RegisterAsync($"{Guid.NewGuid():N}@example.test", name)).IsProblemWith(409, "username");
            (await other.PatchAsync("/api/auth/me", new { username = name })).IsProblemWith(409, "username");
        }

        (await RegisterAsync(owner.Email, owner.Username)).Is(201);
    }

    [Theory]
    [InlineData("例え.jp", "xn--r8jz45g.jp")]
    [InlineData("xn--r8jz45g.jp", "例え.jp")]
    public async Task One_mailbox_is_one_account_however_its_domain_is_written(string domain, string same)
    {
        var name = Person.UniqueName("idn");
        (await RegisterAsync($"{name}@{domain}", name)).Is(201);
        (await RegisterAsync($"{name}@{same}", Person.UniqueName("other"))).IsProblemWith(409, "email");
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = $" {name}@{same}\n", password = "a good long password" })).Is(200);
    }

    [Fact]
    public async Task A_name_may_have_thirty_two_characters_of_any_size()
    {
        var unique = Person.UniqueDigits();
        var longest = string.Concat(Enumerable.Repeat("𠮷", 22)) + unique;
        Assert.Equal(longest, (await RegisterAsync($"{unique}@example.test", longest)).Is(201)["username"].GetString());
        (await RegisterAsync($"{unique}-2@example.test", longest + "𠮷")).IsProblemWith(422, "username");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("@example.test")]
    [InlineData("somebody@")]
    [InlineData("some body@example.test")]
    [InlineData("two@at@example.test")]
    [InlineData("new\nline@example.test")]
    [InlineData("x@.test")]
    [InlineData("unseen\uFE0F@example.test")]
    [InlineData("unseen@exam\u034Fple.test")]
    [InlineData("too long")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_malformed_address_is_invalid(string? email)
    {
        var address = email == "too long" ? $"{new string('x', 250)}@example.test" : email;
        (await RegisterAsync(address, Person.UniqueName("nobody"))).IsProblemWith(422, "email");
    }

    [Theory]
    [InlineData("plus+tag@example.test")]
    [InlineData("first.last@sub.example.test")]
    [InlineData("o'brien@example.test")]
    [InlineData("名前@例え.テスト")]
    public async Task An_address_may_be_unusual(string email)
    {
        var unique = Guid.NewGuid().ToString("N")[..8];
        var user = (await RegisterAsync(unique + email, Person.UniqueName("unusual"))).Is(201);
        Assert.Equal(unique + email, user["email"].GetString());
    }

    [Theory]
    [InlineData("short 7")]
    [InlineData("😀😀😀😀😀😀😀")]
    [InlineData("x129")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("password")]
    [InlineData("12345678")]
    [InlineData("qwertyuiop")]
    [InlineData("iloveyou")]
    [InlineData("PASSWORD")]
    public async Task A_password_that_is_too_short_too_long_or_common_is_invalid(string? password)
    {
        var name = Person.UniqueName("nobody");
        var chosen = password == "x129" ? new string('x', 129) : password;
        (await RegisterAsync($"{name}@example.test", name, chosen)).IsProblemWith(422, "password");
    }

    [Fact]
    public async Task A_password_made_of_the_name_or_address_is_invalid()
    {
        var name = Person.UniqueName("nobody");
        foreach (var password in (string[])[name, $"{name}@example.test", $"{name}1", "kumiko123", "kumikokumiko"])
            (await RegisterAsync($"{name}@example.test", name, password)).IsProblemWith(422, "password");
    }

    [Theory]
    [InlineData("8 chars!")]
    [InlineData("  spaces at the ends  ")]
    [InlineData("パスワードは秘密")]
    [InlineData("🔑🗝🔒🔓🔐🗝🔑🔒")]
    [InlineData("tab\tand\u0001control")]
    [InlineData("x128")]
    public async Task A_password_may_contain_any_characters_and_all_count(string password)
    {
        var name = Person.UniqueName("free");
        var email = $"{name}@example.test";
        var chosen = password == "x128" ? $"long {string.Concat(Enumerable.Repeat("é", 123))}" : password;
        (await RegisterAsync(email, name, chosen)).Is(201);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email, password = chosen })).Is(200);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email, password = chosen[..^1] })).IsProblem(401);
        if (chosen.Trim() != chosen)
            (await kumiko.Anyone.PostAsync("/api/auth/login", new { email, password = chosen.Trim() })).IsProblem(401);
    }

    [Fact]
    public async Task Every_invalid_field_is_named_at_once()
    {
        var answer = await RegisterAsync("none", "!", "short");
        foreach (var field in (string[])["email", "username", "password"])
            answer.IsProblemWith(422, field);
    }

    [Fact]
    public async Task Of_twenty_simultaneous_registrations_of_one_address_one_succeeds()
    {
        var name = Person.UniqueName("rush");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => RegisterAsync($"{name}@example.test", $"{name}_{n}")));
        var winner = Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.IsProblemWith(409, "email"));
    }

    [Fact]
    public async Task Of_twenty_simultaneous_registrations_of_one_name_one_succeeds()
    {
        var name = Person.UniqueName("rush");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => RegisterAsync($"{name}.{n}@example.test", name)));
        var winner = Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.IsProblemWith(409, "username"));
    }

    private async Task<Answer> RegisterAsync(string? email, string? username, string? password = "a good long password")
    {
        HostLog.Watch("e-mail address", email);
        return await kumiko.Anyone.PostAsync(
            "/api/auth/register",
            new
            {
                email,
                username,
                password,
            }
        );
    }
}
