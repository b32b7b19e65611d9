using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Kumiko.Contract.Hosting;

/// <summary>What is left in a whole installation of an account that used everything and was deleted.</summary>
public class ForgottenAccountTests
{
    // Numbers that nothing else has.
    private const long UserId = 7_203_948_571;
    private const long PostId = 8_450_337_119;

    // Longer than everything is kept but the audit trail.
    private const int Days = 91;

    // Names, addresses, what was written, and what the account's devices and keys are called.
    private static readonly string[] Needles =
    [
        "quetzalcoatl",
        "xiuhtecuhtli",
        "tezcatlipoca",
        "huitzilopochtli",
        .. ((long[])[UserId, PostId]).Select(id => id.ToString(CultureInfo.InvariantCulture)),
    ];

    [Fact]
    public async Task A_deleted_account_leaves_entries_of_the_audit_trail_that_name_nobody_and_nothing_else()
    {
        await using var installation = await new Topology().InstallAsync();
        var mails = Path.Combine(installation.Folder, "mails");
        await using (var host = await installation.StartAsync(("Mail__Folder", mails)))
        {
            using var anyone = new Caller(host.Address);
            await LiveAndDieAsync(installation, anyone, mails);
            Assert.Equal(0, await host.StopAsync());
            HostLog.HoldsNothingPrivate(host.Log);
        }

        Assert.NotEmpty(Find(mails));
        Assert.Contains("identity.outbox.body", await ScanAsync(installation));
        await AgeAsync(installation);
        foreach (var file in Directory.GetFiles(mails))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-Days));
        await using (await installation.StartAsync(("Mail__Folder", mails)))
        {
            // Old rows and files are deleted as soon as a process starts.
            Assert.Empty(
                await Eventually.IsAsync(
                    async () => (List<string>)[.. await ScanAsync(installation), .. Find(mails)],
                    left => left.Count == 0
                )
            );
        }

        Assert.NotEqual(
            0,
            await ReadAsync(installation, "select count(*) from audit_entries where subject_id is null and subject_digest is not null")
        );
        await installation.RunAsync("audit verify");
    }

    private static async Task LiveAndDieAsync(Installation installation, Caller anyone, string mails)
    {
        var admin = await Person.JoinAsync(anyone, "admin");
        var theirs = (await admin.WriteAsync("somebody else's")).Id;
        await installation.RunAsync($"user promote {admin.Email}");
        await admin.RefreshAsync();
        await NumberAsync(installation, "identity", "users", UserId);
        await NumberAsync(installation, "posts", "posts", PostId);

        var person = await Person.JoinAsync(anyone, "quetzalcoatl", NewKey());
        Assert.Equal(UserId, person.Id);
        (await anyone.PostAsync("/api/auth/email/verify", new { token = await TokenAsync("/auth/verify") })).Is(204);
        (await anyone.PostAsync("/api/auth/login", new { email = person.Email, password = "not the password" })).IsProblem(401);

        var post = (await person.PostAsync("/api/crud/posts", new { content = "tezcatlipoca" }, NewKey())).Is(201);
        Assert.Equal(PostId, post.Id);
        (await person.PutAsync($"/api/crud/posts/{post.Id}", new { content = "huitzilopochtli" })).Is(200);
        (await person.DeleteAsync($"/api/crud/posts/{(await person.WriteAsync("quetzalcoatl")).Id}")).Is(204);

        // Every way to sign in, on a device with a name.
        var app = await person.UseAuthenticatorAsync();
        person.UseTokens(
            (
                await anyone.PostAsync(
                    "/api/auth/login",
                    new
                    {
                        email = person.Email,
                        password = person.Password,
                        totp_code = app.RecoveryCodes[0],
                        token_delivery = "body",
                    },
                    ("User-Agent", "huitzilopochtli/1.0")
                )
            ).Is(200)
        );
        var key = await SoftwareKey.AddAsync(person, "huitzilopochtli");
        person.UseTokens((await key.SignInAsync(anyone)).Is(200));
        (await Eventually.IsAsync(() => person.GetAsync("/api/auth/me/export"), answer => answer.Status != 202)).Is(200);

        // Another name and address; the mails are answered.
        const string Email = "tezcatlipoca@example.test";
        HostLog.Watch("e-mail address", Email);
        (await person.PatchAsync("/api/auth/me", new { username = "xiuhtecuhtli" })).Is(200);
        (await person.PatchAsync("/api/auth/me", new { email = Email, current_password = person.Password })).Is(200);
        (await anyone.PostAsync("/api/auth/email/verify", new { token = await TokenAsync("/auth/verify", Email) })).Is(204);
        (await anyone.PostAsync("/api/auth/password/forgot", new { email = Email })).Is(202);
        var password = $"new {person.Password}";
        HostLog.Watch("password", password);
        var reset = await TokenAsync("/auth/reset", Email);
        (
            await anyone.PostAsync(
                "/api/auth/password/reset",
                new
                {
                    token = reset,
                    new_password = password,
                    totp_code = app.RecoveryCodes[1],
                }
            )
        ).Is(204);
        (await anyone.PostAsync("/api/auth/password/forgot", new { email = Email })).Is(202);

        // As an admin, and as somebody whom an admin disabled.
        (await admin.PatchAsync($"/api/auth/admin/users/{UserId}", new { disabled = true, reason = "huitzilopochtli" })).Is(200);
        (await admin.PatchAsync($"/api/auth/admin/users/{UserId}", new { disabled = false, reason = "tezcatlipoca" })).Is(200);
        await installation.RunAsync($"user promote {Email}");
        person.UseTokens((await key.SignInAsync(anyone)).Is(200));
        (await person.PostAsync("/api/auth/admin/invitations", new { email = "guest@example.test" }, NewKey())).Is(201);
        (await person.DeleteAsync($"/api/crud/posts/{theirs}")).Is(204);

        // The scan finds what it looks for.
        string[] known =
        [
            "identity.audit_entries.subject_id",
            "identity.exports.user_id",
            "identity.idempotency_keys.answer",
            "identity.invitations.invited_by",
            "identity.known_devices.user_id",
            "identity.one_time_secrets.email",
            "identity.passkeys.name",
            "identity.recovery_codes.user_id",
            "identity.sessions.user_id",
            "identity.totp_secrets.user_id",
            "identity.users.email",
            "posts.authors.name",
            "posts.idempotency_keys.answer",
            "posts.post_changes.user_id",
            "posts.posts.content",
        ];
        Assert.Empty(known.Except(await ScanAsync(installation)));

        (await person.DeleteAsync("/api/auth/me", new { password })).Is(204);
        await Eventually.IsAsync(() => anyone.GetAsync($"/api/crud/posts?user_id={UserId}"), answer => answer.Is(200).Items.Count == 0);

        async Task<string> TokenAsync(string page, string to = "quetzalcoatl")
        {
            var link = $"{page}#token=";
            var text = await Eventually.IsAsync(() => NewestAsync(link, to), text => text is not null);
            var token = text!.Split(link)[1].Split('\n', '&')[0].Trim();
            HostLog.Watch("mailed secret", token);
            return token;
        }

        async Task<string?> NewestAsync(string link, string to)
        {
            if (!Directory.Exists(mails))
                return null;
            foreach (var file in Directory.GetFiles(mails, "*.eml").OrderDescending(StringComparer.Ordinal))
            {
                var mail = await MimeKit.MimeMessage.LoadAsync(file);
                if (mail.To.ToString().Contains(to, StringComparison.Ordinal) && mail.TextBody!.Contains(link, StringComparison.Ordinal))
                    return mail.TextBody;
            }

            return null;
        }
    }

    private static (string, string) NewKey() => ("Idempotency-Key", $"{Guid.NewGuid():N}");

    // The next row of a table gets this number.
    private static async Task NumberAsync(Installation installation, string module, string table, long id)
    {
        await using var connection = await OpenAsync(installation, module);
        await ExecuteAsync(connection, Tables.NextId(table, id));
    }

    private static async Task<long> ReadAsync(Installation installation, string sql)
    {
        await using var connection = await OpenAsync(installation, "identity");
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Every column of every table of every module in which a needle is.</summary>
    private static async Task<List<string>> ScanAsync(Installation installation)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var module in (string[])["identity", "posts"])
        {
            await using var connection = await OpenAsync(installation, module);
            foreach (var table in await NamesAsync(connection, Tables.All))
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"select * from {table}";
                await using var rows = await command.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                {
                    for (var column = 0; column < rows.FieldCount; column++)
                    {
                        var text = rows.GetValue(column) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{rows.GetValue(column)}";
                        if (Holds(text))
                            found.Add($"{module}.{table}.{rows.GetName(column)}");
                    }
                }
            }
        }

        return [.. found];
    }

    // Moves every time of every table into the past, except in the audit trail, which is kept longer and whose hashes cover the times.
    private static async Task AgeAsync(Installation installation)
    {
        foreach (var module in (string[])["identity", "posts"])
        {
            await using var connection = await OpenAsync(installation, module);
            foreach (
                var table in (await NamesAsync(connection, Tables.All)).Where(name => !name.StartsWith("audit_", StringComparison.Ordinal))
            )
            {
                foreach (var column in await NamesAsync(connection, Tables.TimesOf(table)))
                    await ExecuteAsync(connection, Tables.Age(table, column, Days));
            }
        }
    }

    private static List<string> Find(string mails) =>
        [.. Directory.GetFiles(mails).Where(file => Holds(File.ReadAllText(file))).Select(file => $"mails/{Path.GetFileName(file)}")];

    private static bool Holds(string text) => Needles.Any(needle => text.Contains(needle, StringComparison.OrdinalIgnoreCase));

    private static async Task<DbConnection> OpenAsync(Installation installation, string module)
    {
        var connection = Tables.ConnectTo(installation, module);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> NamesAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var names = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            names.Add(rows.GetString(0));
        return names;
    }
}
