using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Kumiko.Contract.Identity;

public class PasskeyTests(RunningKumiko kumiko)
{
    private const string Path = "/api/auth/passkeys";
    private const string RegisterBegin = $"{Path}/register/begin";
    private const string RegisterFinish = $"{Path}/register/finish";
    private const string Finish = $"{Path}/login/finish";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_passkey_is_added_and_signs_in_without_a_name_or_a_password(bool attests)
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var before = (await pia.GetAsync("/api/auth/me")).Is(200);
        Assert.Equal(0, before["passkeys"].GetInt32());
        var options = (await pia.PostAsync(RegisterBegin)).Is(200);
        Assert.Equal("no-store", options.Header("Cache-Control"));
        Assert.Equal(pia.Email, options["user"].GetProperty("name").GetString());
        Assert.Equal("none", options["attestation"].GetString());
        Assert.Equal("required", options["authenticatorSelection"].GetProperty("residentKey").GetString());
        Assert.Equal("required", options["authenticatorSelection"].GetProperty("userVerification").GetString());

        var key = new SoftwareKey(pia.Address) { Attests = attests };
        var added = (await pia.PostAsync(RegisterFinish, key.Make(options, " Work laptop "))).Is(200);
        Assert.Equal("Work laptop", added["name"].GetString());
        Assert.False(added["backed_up"].GetBoolean());
        Moment.IsRecent(added["created_at"]);
        var after = (await pia.GetAsync("/api/auth/me")).Is(200);
        Assert.Equal(1, after["passkeys"].GetInt32());
        Assert.NotEqual(before.ETag, after.ETag);

        var signedIn = (await key.SignInAsync(kumiko.Anyone)).Is(200);
        Assert.Equal(pia.Id, signedIn["user"].GetProperty("id").GetInt64());
        Assert.Equal(["pop", "user", "mfa"], Claims.Of(signedIn).Methods);
        var list = (await pia.GetAsync(Path)).Is(200);
        Assert.Equal(added.Id, Assert.Single(list.Ids));
        Moment.IsRecent(list.Items[0].GetProperty("last_used_at"));
    }

    [Fact]
    public async Task Signing_in_sets_the_cookies_of_a_password_and_ends_the_browsers_previous_session()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var key = await SoftwareKey.AddAsync(pia);
        var options = (await kumiko.Anyone.PostAsync($"{Path}/login/begin")).Is(200);
        var answer = (await kumiko.Anyone.PostAsync(Finish, key.Sign(options))).Is(200);
        Assert.False(answer.Json.TryGetProperty("refresh_token", out _), $"{answer}");
        var cookies = answer.Headers["Set-Cookie"];
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Secure-kumiko_refresh=", StringComparison.Ordinal));
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Secure-kumiko_device=", StringComparison.Ordinal));

        options = (await kumiko.Anyone.PostAsync($"{Path}/login/begin")).Is(200);
        var held = string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0]));
        (await kumiko.Anyone.PostAsync(Finish, key.Sign(options), ("Cookie", held))).Is(200);
        (await kumiko.Anyone.With(answer["access_token"].GetString()).GetAsync("/api/auth/me")).IsProblem(401);
    }

    [Fact]
    public async Task It_counts_as_two_factors_so_no_code_is_asked_for()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var key = await SoftwareKey.AddAsync(pia);
        pia.UseTokens((await key.SignInAsync(kumiko.Anyone)).Is(200));
        await pia.UseAuthenticatorAsync();

        var other = (await key.SignInAsync(kumiko.Anyone)).Is(200);
        Assert.True(other["user"].GetProperty("second_factor").GetBoolean());
        (await kumiko.Anyone.With(other["access_token"].GetString()).PostAsync(RegisterBegin)).Is(200);
    }

    [Fact]
    public async Task Adding_and_removing_one_want_the_highest_factor_that_the_account_has()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var key = await SoftwareKey.AddAsync(pia);
        var id = (await pia.GetAsync(Path)).Ids[0];

        // The session began with the password alone, and the account has more by now.
        foreach (var refused in (Answer[])[await pia.PostAsync(RegisterBegin), await pia.DeleteAsync($"{Path}/{id}")])
            Assert.Contains(
                "insufficient_user_authentication",
                refused.IsProblem(401).Header("WWW-Authenticate"),
                StringComparison.Ordinal
            );
        var asked = (await pia.PostAsync("/api/auth/reauthenticate", new { password = pia.Password })).IsProblem(401);
        Assert.EndsWith("/passkey-required", asked["type"].GetString(), StringComparison.Ordinal);

        var proved = (await ProveAsync(pia, key)).Is(200);
        Assert.Equal(Claims.Of(pia).Session, Claims.Of(proved).Session);
        Assert.Equal(["pop", "user", "mfa"], Claims.Of(proved).Methods);
        await pia.RefreshAsync();
        Assert.Equal(["pop", "user", "mfa"], Claims.Of(pia).Methods);
        (await pia.DeleteAsync($"{Path}/{id}")).Is(204);
        (await pia.DeleteAsync($"{Path}/{id}")).IsProblem(404);
        Assert.Equal(0, (await pia.GetAsync("/api/auth/me")).Is(200)["passkeys"].GetInt32());
        (await key.SignInAsync(kumiko.Anyone)).IsProblem(401);
        // The password is still there.
        await pia.SignInAsync();
    }

    [Fact]
    public async Task A_passkey_proves_its_owner_alone()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var mallory = await kumiko.NewPersonAsync("mallory");
        var key = await SoftwareKey.AddAsync(pia);
        (await ProveAsync(mallory, key)).IsProblemWith(422, "passkey");
        (await mallory.PostAsync("/api/auth/reauthenticate", new { passkey = new { id = "x" } })).IsProblemWith(422, "passkey");
        // Nothing was renewed.
        Assert.Equal(["pwd"], Claims.Of(mallory).Methods);
        await mallory.RefreshAsync();
        Assert.Equal(["pwd"], Claims.Of(mallory).Methods);
    }

    [Fact]
    public async Task Nobody_renames_or_removes_the_passkey_of_another()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var mallory = await kumiko.NewPersonAsync("mallory");
        var key = await SoftwareKey.AddAsync(pia, "Mine");
        pia.UseTokens((await key.SignInAsync(kumiko.Anyone)).Is(200));
        var id = (await pia.GetAsync(Path)).Ids[0];
        (await mallory.PatchAsync($"{Path}/{id}", new { name = "Yours" })).IsProblem(404);
        (await mallory.DeleteAsync($"{Path}/{id}")).IsProblem(404);
        Assert.Empty((await mallory.GetAsync(Path)).Is(200).Ids);

        (await pia.PatchAsync($"{Path}/{id}", new { name = "" })).IsProblemWith(422, "name");
        (await pia.PatchAsync($"{Path}/{id}", new { name = new string('a', 65) })).IsProblemWith(422, "name");
        (await pia.PatchAsync($"{Path}/{id}", new { name = "a\u200bb" })).IsProblemWith(422, "name");
        Assert.Equal("鍵 🔑", (await pia.PatchAsync($"{Path}/{id}", new { name = " 鍵 🔑 " })).Is(200)["name"].GetString());
        Assert.Equal("鍵 🔑", (await pia.GetAsync(Path)).Items[0].GetProperty("name").GetString());
        foreach (var nobodys in (Answer[])[await kumiko.Anyone.GetAsync(Path), await kumiko.Anyone.PostAsync(RegisterBegin)])
            nobodys.IsProblem(401);
    }

    [Fact]
    public async Task Of_many_answers_to_one_challenge_at_once_one_is_accepted()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        // It does not count, so that nothing else tells the answers apart.
        var key = new SoftwareKey(pia.Address) { Count = null };
        var made = key.Make((await pia.PostAsync(RegisterBegin)).Is(200));
        var additions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => pia.PostAsync(RegisterFinish, made)));
        Assert.Single(additions, answer => answer.Status == 200);
        Assert.Equal(19, additions.Count(answer => answer.Status == 410));

        var signed = key.Sign((await kumiko.Anyone.PostAsync($"{Path}/login/begin")).Is(200), "body");
        var signIns = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => kumiko.Anyone.PostAsync(Finish, signed)));
        Assert.Single(signIns, answer => answer.Status == 200);
        Assert.Equal(19, signIns.Count(answer => answer.Status == 410));
    }

    [Fact]
    public async Task A_challenge_that_was_answered_wrongly_is_spent()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var key = await SoftwareKey.AddAsync(pia);
        var options = (await kumiko.Anyone.PostAsync($"{Path}/login/begin")).Is(200);
        var impostor = new SoftwareKey(pia.Address) { CredentialId = key.CredentialId, UserHandle = key.UserHandle };
        (await kumiko.Anyone.PostAsync(Finish, impostor.Sign(options, "body"))).IsProblem(401);
        (await kumiko.Anyone.PostAsync(Finish, key.Sign(options, "body"))).IsProblem(410);

        // Where the owner proves again who they are, too.
        options = (await kumiko.Anyone.PostAsync($"{Path}/login/begin")).Is(200);
        (await pia.PostAsync("/api/auth/reauthenticate", new { passkey = impostor.Sign(options) })).IsProblemWith(422, "passkey");
        (await pia.PostAsync("/api/auth/reauthenticate", new { passkey = key.Sign(options) })).IsProblem(410);
    }

    [Fact]
    public async Task A_passkey_that_was_not_good_spends_its_challenge_too()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var key = new SoftwareKey(pia.Address);
        var options = (await pia.PostAsync(RegisterBegin)).Is(200);
        key.Verifies = false;
        (await pia.PostAsync(RegisterFinish, key.Make(options))).IsProblemWith(422, "response");
        key.Verifies = true;
        (await pia.PostAsync(RegisterFinish, key.Make(options))).IsProblem(410);
        Assert.Empty((await pia.GetAsync(Path)).Is(200).Ids);
    }

    [Fact]
    public async Task An_account_has_at_most_twenty()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var first = await SoftwareKey.AddAsync(pia);
        pia.UseTokens((await first.SignInAsync(kumiko.Anyone)).Is(200));
        for (var n = 2; n < 20; n++)
            await SoftwareKey.AddAsync(pia, $"Key {n}");
        // Both begin while there is room for one.
        var options = (Answer[])[(await pia.PostAsync(RegisterBegin)).Is(200), (await pia.PostAsync(RegisterBegin)).Is(200)];
        (await pia.PostAsync(RegisterFinish, new SoftwareKey(pia.Address).Make(options[0]))).Is(200);
        (await pia.PostAsync(RegisterFinish, new SoftwareKey(pia.Address).Make(options[1]))).IsProblem(409);
        (await pia.PostAsync(RegisterBegin)).IsProblem(409);
        Assert.Equal(20, (await pia.GetAsync("/api/auth/me")).Is(200)["passkeys"].GetInt32());
    }

    [Theory]
    [InlineData("another origin")]
    [InlineData("an origin below")]
    [InlineData("another relying party")]
    [InlineData("no user verification")]
    [InlineData("another handle")]
    [InlineData("copied although it cannot be")]
    public async Task What_was_not_made_for_this_site_by_a_verified_user_is_refused(string flaw)
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var bad = new SoftwareKey(pia.Address);
        Spoil(bad, flaw);
        if (flaw != "another handle")
            (await bad.RegisterAsync(pia)).IsProblemWith(422, "response");
        Assert.Empty((await pia.GetAsync(Path)).Is(200).Ids);

        var key = await SoftwareKey.AddAsync(pia);
        var good = key.Copy();
        Spoil(key, flaw);
        var refused = (await key.SignInAsync(kumiko.Anyone)).IsProblem(401);
        var unknown = (await Unknown(pia).SignInAsync(kumiko.Anyone)).IsProblem(401);
        foreach (var member in (string[])["type", "title", "status", "detail", "instance"])
            Assert.Equal(unknown[member].ToString(), refused[member].ToString());
        (await good.SignInAsync(kumiko.Anyone)).Is(200);
    }

    [Theory]
    [InlineData("of an algorithm that was not offered")]
    [InlineData("longer than the table holds")]
    public async Task A_key_that_cannot_be_stored_is_refused(string flaw)
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var key = new SoftwareKey(pia.Address) { Reports = flaw.StartsWith("of", StringComparison.Ordinal) ? Es384() : LongRsa() };
        (await key.RegisterAsync(pia)).IsProblemWith(422, "response");
        Assert.Empty((await pia.GetAsync(Path)).Is(200).Ids);

        static byte[] Es384()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            return Cose((1, 2), (3, -35), (-1, 2), (-2, point.X!), (-3, point.Y!));
        }

        static byte[] LongRsa()
        {
            var modulus = new byte[2_048];
            Array.Fill(modulus, (byte)0xFF);
            return Cose((1, 3), (3, -257), (-1, modulus), (-2, new byte[] { 1, 0, 1 }));
        }

        static byte[] Cose(params (int Label, object Value)[] members)
        {
            var writer = new CborWriter();
            writer.WriteStartMap(members.Length);
            foreach (var (label, value) in members)
            {
                writer.WriteInt32(label);
                if (value is byte[] bytes)
                    writer.WriteByteString(bytes);
                else
                    writer.WriteInt32((int)value);
            }

            writer.WriteEndMap();
            return writer.Encode();
        }
    }

    [Fact]
    public async Task A_count_that_does_not_grow_shows_a_copy_which_is_refused()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var key = await SoftwareKey.AddAsync(pia);
        var copy = key.Copy();
        (await key.SignInAsync(kumiko.Anyone)).Is(200);
        (await key.SignInAsync(kumiko.Anyone)).Is(200);
        (await copy.SignInAsync(kumiko.Anyone)).IsProblem(401);
        copy.Count = null;
        (await copy.SignInAsync(kumiko.Anyone)).IsProblem(401);
        (await key.SignInAsync(kumiko.Anyone)).Is(200);
        // The owner is not proved by it, either.
        (await ProveAsync(pia, copy)).IsProblemWith(422, "passkey");
        var last = (await pia.GetAsync("/api/auth/me/activity")).Is(200).Items;
        Assert.Contains(last, entry => entry.GetProperty("details").GetString() == "passkey_copied");
    }

    [Fact]
    public async Task What_an_authenticator_says_of_itself_when_it_makes_a_passkey_is_kept()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var key = new SoftwareKey(pia.Address)
        {
            Count = 5,
            CanBeBackedUp = true,
            IsBackedUp = true,
        };
        Assert.True((await key.RegisterAsync(pia)).Is(200)["backed_up"].GetBoolean());
        Assert.True((await pia.GetAsync(Path)).Items[0].GetProperty("backed_up").GetBoolean());
        // It has signed five times already.
        var copy = key.Copy();
        copy.Count = 4;
        (await copy.SignInAsync(kumiko.Anyone)).IsProblem(401);
        (await key.SignInAsync(kumiko.Anyone)).Is(200);
    }

    [Fact]
    public async Task An_authenticator_that_does_not_count_is_accepted_and_whether_it_is_synced_is_kept()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var key = new SoftwareKey(pia.Address) { Count = null, CanBeBackedUp = true };
        Assert.False((await key.RegisterAsync(pia)).Is(200)["backed_up"].GetBoolean());
        (await key.SignInAsync(kumiko.Anyone)).Is(200);
        key.IsBackedUp = true;
        (await key.SignInAsync(kumiko.Anyone)).Is(200);
        Assert.True((await pia.GetAsync(Path)).Items[0].GetProperty("backed_up").GetBoolean());
        // Whether it can be copied never changes (WebAuthn, 7.2).
        (key.CanBeBackedUp, key.IsBackedUp) = (false, false);
        (await key.SignInAsync(kumiko.Anyone)).IsProblem(401);
    }

    [Fact]
    public async Task A_credential_that_is_registered_is_not_registered_again()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var mallory = await kumiko.NewPersonAsync("mallory");
        var key = await SoftwareKey.AddAsync(pia);
        (await new SoftwareKey(pia.Address) { CredentialId = key.CredentialId }.RegisterAsync(mallory)).IsProblem(409);
        Assert.Empty((await mallory.GetAsync(Path)).Is(200).Ids);
        pia.UseTokens((await key.SignInAsync(kumiko.Anyone)).Is(200));
        var options = (await pia.PostAsync(RegisterBegin)).Is(200);
        Assert.Equal(
            key.Sign(await kumiko.Anyone.PostAsync($"{Path}/login/begin"))["id"],
            Assert.Single(options["excludeCredentials"].EnumerateArray()).GetProperty("id").GetString()
        );
    }

    [Fact]
    public async Task Options_are_good_in_the_session_that_asked_for_them_and_for_their_purpose()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        var other = await pia.OnAnotherDeviceAsync();
        var key = new SoftwareKey(pia.Address);
        (await other.PostAsync(RegisterFinish, key.Make((await pia.PostAsync(RegisterBegin)).Is(200)))).IsProblem(410);
        // A challenge to sign in adds none.
        var begun = (await pia.PostAsync(RegisterBegin)).Is(200);
        (
            await pia.PostAsync(RegisterFinish, key.Make(Exchange(begun, (await kumiko.Anyone.PostAsync($"{Path}/login/begin")).Is(200))))
        ).IsProblem(410);
        (await key.RegisterAsync(pia)).Is(200);
        pia.UseTokens((await key.SignInAsync(kumiko.Anyone)).Is(200));

        // A challenge to add a passkey signs nobody in.
        var adding = (await pia.PostAsync(RegisterBegin)).Is(200);
        var login = (await kumiko.Anyone.PostAsync($"{Path}/login/begin")).Is(200);
        (await kumiko.Anyone.PostAsync(Finish, key.Sign(Exchange(login, adding), "body"))).IsProblem(410);
    }

    [Fact]
    public async Task A_disabled_account_is_told_so_only_with_a_good_passkey()
    {
        var admin = await kumiko.AdminAsync();
        var pia = await kumiko.NewPersonAsync("pia");
        var key = await SoftwareKey.AddAsync(pia);
        (await admin.PatchAsync($"/api/auth/admin/users/{pia.Id}", new { disabled = true })).Is(200);
        Assert.EndsWith(
            "/account-disabled",
            (await key.SignInAsync(kumiko.Anyone)).IsProblem(401)["type"].GetString(),
            StringComparison.Ordinal
        );
        key.Verifies = false;
        Assert.EndsWith(
            "/passkey-refused",
            (await key.SignInAsync(kumiko.Anyone)).IsProblem(401)["type"].GetString(),
            StringComparison.Ordinal
        );
        (await admin.PatchAsync($"/api/auth/admin/users/{pia.Id}", new { disabled = false })).Is(200);
        key.Verifies = true;
        (await key.SignInAsync(kumiko.Anyone)).Is(200);
    }

    [Fact]
    public async Task Malformed_answers_are_refused_and_break_nothing()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        foreach (var body in (object[])[new { }, new { id = "!" }, new { id = "AA", response = new { clientDataJSON = "AA" } }])
        {
            (await pia.PostAsync(RegisterFinish, body)).IsProblemWith(422, "response");
            (await kumiko.Anyone.PostAsync(Finish, body)).IsProblemWith(422, "response");
        }

        var key = new SoftwareKey(pia.Address);
        var typed = key.Make((await pia.PostAsync(RegisterBegin)).Is(200));
        typed["type"] = "password";
        (await pia.PostAsync(RegisterFinish, typed)).IsProblemWith(422, "response");
        (await key.RegisterAsync(pia)).Is(200);
        typed = key.Sign((await kumiko.Anyone.PostAsync($"{Path}/login/begin")).Is(200), "body");
        typed["type"] = "password";
        (await kumiko.Anyone.PostAsync(Finish, typed)).IsProblemWith(422, "response");

        var random = new Random(7);
        for (var n = 0; n < 40; n++)
        {
            var options = (await kumiko.Anyone.PostAsync($"{Path}/login/begin")).Is(200);
            var answer = key.Sign(options, "body");
            var parts = (Dictionary<string, object>)answer["response"]!;
            var part = (string[])["authenticatorData", "signature"];
            var name = part[n % 2];
            var bytes = System.Buffers.Text.Base64Url.DecodeFromChars((string)parts[name]);
            bytes = n % 3 == 0 ? bytes[..random.Next(bytes.Length)] : Flip(bytes, random);
            parts[name] = System.Buffers.Text.Base64Url.EncodeToString(bytes);
            Assert.InRange((await kumiko.Anyone.PostAsync(Finish, answer)).Status, 401, 422);
        }

        pia.UseTokens((await key.SignInAsync(kumiko.Anyone)).Is(200));
        for (var n = 0; n < 40; n++)
        {
            var fresh = new SoftwareKey(pia.Address) { Attests = true };
            var answer = fresh.Make((await pia.PostAsync(RegisterBegin)).Is(200));
            var parts = (Dictionary<string, object>)answer["response"]!;
            var bytes = System.Buffers.Text.Base64Url.DecodeFromChars((string)parts["attestationObject"]);
            bytes = n % 3 == 0 ? bytes[..random.Next(1, bytes.Length)] : Flip(bytes, random);
            parts["attestationObject"] = System.Buffers.Text.Base64Url.EncodeToString(bytes);
            var status = (await pia.PostAsync(RegisterFinish, answer)).Status;
            // A flipped bit of the AAGUID is covered by the signature, but not everything in CBOR is.
            Assert.Contains(status, (int[])[200, 422, 409]);
        }
    }

    [Fact]
    public async Task The_owner_gets_mails_and_reads_in_the_activity_what_happened()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        await pia.VerifyAsync();
        var key = await SoftwareKey.AddAsync(pia, "<b>Kitchen</b> https://thief.example");
        pia.UseTokens((await key.SignInAsync(kumiko.Anyone)).Is(200));
        var id = (await pia.GetAsync(Path)).Ids[0];
        (await pia.PatchAsync($"{Path}/{id}", new { name = "Kitchen" })).Is(200);
        (await pia.DeleteAsync($"{Path}/{id}")).Is(204);
        var added = Assert.Single(await Mailbox.ReceiveAsync(pia.Email, "/auth/undo-factors"));
        Assert.Equal("A passkey was added", added.Subject);
        Assert.Contains("&lt;b&gt;Kitchen", added.HtmlBody, StringComparison.Ordinal);
        // Mail readers would make a link of it.
        Assert.DoesNotContain("thief.example", added.TextBody, StringComparison.Ordinal);
        var removed = Assert.Single(await Mailbox.ReceiveAsync(pia.Email, "/auth/account/security"));
        Assert.Equal("A passkey was removed", removed.Subject);
        var activity = (await pia.GetAsync("/api/auth/me/activity")).Is(200).Items;
        Assert.Equal(
            [$"passkey_removal passkey:{id}", $"passkey_renaming passkey:{id}", "sign_in passkey", $"passkey_addition passkey:{id}"],
            activity.Take(4).Select(entry => $"{entry.GetProperty("action")} {entry.GetProperty("details")}")
        );
    }

    [Fact]
    public async Task The_owner_gets_a_mail_when_the_second_factor_changes_and_when_a_recovery_code_is_used()
    {
        var pia = await kumiko.NewPersonAsync("pia");
        await pia.VerifyAsync();
        var app = await pia.UseAuthenticatorAsync();
        (await pia.DeleteAsync("/api/auth/me/totp", new { password = pia.Password, totp_code = app.RecoveryCodes[0] })).Is(204);
        var on = Assert.Single(await Mailbox.ReceiveAsync(pia.Email, "/auth/undo-factors"));
        Assert.Equal("Two-step sign-in was turned on", on.Subject);
        var mails = await Mailbox.ReceiveAsync(pia.Email, "/auth/account/security", count: 2);
        Assert.Equal(["A recovery code was used", "Two-step sign-in was turned off"], mails.Select(mail => mail.Subject!).Order());
        Assert.Contains("Recovery codes left after that: 9.", mails.First(mail => mail.Subject == "A recovery code was used").TextBody);
    }

    private static void Spoil(SoftwareKey key, string flaw)
    {
        switch (flaw)
        {
            case "another origin":
                key.Origin = "https://kumiko.example";
                break;
            case "an origin below":
                key.Origin = key.Origin.Replace("://", "://evil.", StringComparison.Ordinal);
                break;
            case "another relying party":
                key.Host = "kumiko.example";
                break;
            case "no user verification":
                key.Verifies = false;
                break;
            case "another handle":
                key.UserHandle = "AAAA";
                break;
            default:
                key.IsBackedUp = true;
                break;
        }
    }

    // The options with the challenge of others.
    private static Answer Exchange(Answer options, Answer others) =>
        options with
        {
            Bytes = System.Text.Encoding.UTF8.GetBytes(
                options.Text.Replace(options["challenge"].GetString()!, others["challenge"].GetString()!, StringComparison.Ordinal)
            ),
        };

    private static SoftwareKey Unknown(Person person) => new(person.Address) { UserHandle = "AAAA" };

    private static byte[] Flip(byte[] bytes, Random random)
    {
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static async Task<Answer> ProveAsync(Person person, SoftwareKey key)
    {
        var options = (await person.With(null).PostAsync($"{Path}/login/begin")).Is(200);
        return await person.PostAsync("/api/auth/reauthenticate", new { passkey = key.Sign(options) });
    }
}
