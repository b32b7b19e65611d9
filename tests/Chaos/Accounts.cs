using System.Collections.Concurrent;
using Kumiko.Identity.Tests.Mail;
using MimeKit;

namespace Kumiko.Chaos;

/// <summary>People who register and who forget their passwords, and an admin, whatever happens to Identity and to its mails.</summary>
/// <param name="anyone">The client for Kumiko.</param>
/// <param name="server">The mail server.</param>
/// <param name="enough">Stops them, each after the last request was acknowledged.</param>
internal sealed class Accounts(Caller anyone, TestMailServer server, CancellationToken enough)
{
    private const string VerifyPage = "/auth/verify";
    private const string ResetPage = "/auth/reset";

    private const string Notice = "The password of your account was changed";

    private readonly ConcurrentDictionary<(string To, string Text), int> _expected = new();
    private int _resets;
    private int _roleChanges;

    /// <summary>What was promised, and how often a request was sent again.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>How many mails must arrive at least, for what was acknowledged: by address and what they say.</summary>
    public IReadOnlyDictionary<(string To, string Text), int> Expected => _expected;

    /// <summary>The last acknowledged password of each address.</summary>
    public ConcurrentDictionary<string, string> Passwords { get; } = new();

    /// <summary>The last acknowledged role of each user.</summary>
    public ConcurrentDictionary<long, string> Roles { get; } = new();

    /// <summary>The number of passwords that were chosen by mail.</summary>
    public int Resets => _resets;

    /// <summary>The number of acknowledged changes of roles.</summary>
    public int RoleChanges => _roleChanges;

    private Retries Retries => field ??= new Retries(Ledger);

    /// <summary>A person whose address is proved. Nothing is down yet.</summary>
    public async Task<Person> JoinAsync(string name)
    {
        var person = await Person.JoinAsync(anyone, name);
        var token = await Eventually.IsAsync(() => Task.FromResult(NewestToken(person.Email, VerifyPage, 0)), found => found is not null);
        (await anyone.PostAsync("/api/auth/email/verify", new { token })).Is(204);
        return person;
    }

    /// <summary>Registers one account after the other.</summary>
    public async Task RegisterAsync()
    {
        while (!enough.IsCancellationRequested)
        {
            var (username, password, key) = (Person.UniqueName("newcomer"), NewPassword(), $"{Guid.NewGuid():N}");
            var email = $"{username}@example.test";
            HostLog.Watch("e-mail address", email);
            await Retries.UntilAsync(
                () =>
                    anyone.PostAsync(
                        "/api/auth/register",
                        new
                        {
                            email,
                            username,
                            password,
                        },
                        ("Idempotency-Key", key)
                    ),
                answer => answer.Status == 201
            );
            Ledger.Acknowledge();
            Expect(email, VerifyPage);
            Passwords[email] = password;
            await PauseAsync();
        }
    }

    /// <summary>Forgets passwords and chooses new ones by mail, of one person after the other.</summary>
    public async Task ResetAsync(IReadOnlyList<Person> people)
    {
        foreach (var person in people)
            Passwords[person.Email] = person.Password;
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            var email = people[n % people.Count].Email;
            var before = Mails(email, ResetPage).Count;
            await Retries.UntilAsync(() => anyone.PostAsync("/api/auth/password/forgot", new { email }), answer => answer.Status == 202);
            Ledger.Acknowledge();
            Expect(email, ResetPage);
            // The mail is late if its sender was killed, or its server is away.
            string? token = null;
            for (var left = 20; left > 0 && (token = NewestToken(email, ResetPage, before)) is null; left--)
                await PauseAsync();
            if (token is not null)
                await ChooseAsync(email, token);
        }
    }

    /// <summary>Gives people roles, one after the other.</summary>
    public async Task ChangeRolesAsync(Person admin, IReadOnlyList<Person> people)
    {
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            var (id, role) = (people[n % people.Count].Id, n / people.Count % 2 == 0 ? "moderator" : "member");
            await Retries.UntilAsync(
                () => admin.PatchAsync($"/api/auth/admin/users/{id}", new { role }),
                answer => answer.Status == 200 && answer["role"].GetString() == role
            );
            Ledger.Acknowledge();
            Roles[id] = role;
            _roleChanges++;
            await PauseAsync();
        }
    }

    /// <summary>Whether the last acknowledged password of an address signs in.</summary>
    public async Task<bool> SignsInAsync(string email, string password) =>
        (await Retries.UntilAsync(() => TrySignInAsync(email, password), answer => answer.Status is 200 or 401)).Status == 200;

    /// <summary>The mails that an address has received and that say this, the oldest first.</summary>
    public List<MimeMessage> Mails(string to, string text)
    {
        // A message parses its headers when it is first asked for them.
        lock (server)
        {
            return
            [
                .. server.Received.Where(mail =>
                    mail.To.Mailboxes.Single().Address == to && mail.TextBody!.Contains(text, StringComparison.Ordinal)
                ),
            ];
        }
    }

    private async Task ChooseAsync(string email, string token)
    {
        var password = NewPassword();
        var answer = await Retries.UntilAsync(
            () => anyone.PostAsync("/api/auth/password/reset", new { token, new_password = password }),
            answer => answer.Status is 204 or 410
        );
        // 410 if an earlier answer was lost, or if a newer mail is on its way.
        if (answer.Status == 410 && !await SignsInAsync(email, password))
            return;

        Ledger.Acknowledge();
        _resets++;
        Passwords[email] = password;
        Expect(email, Notice);
    }

    private Task<Answer> TrySignInAsync(string email, string password) => anyone.PostAsync("/api/auth/login", new { email, password });

    private void Expect(string to, string text) => _expected.AddOrUpdate((to, text), 1, (_, count) => count + 1);

    private string? NewestToken(string to, string page, int before)
    {
        var mails = Mails(to, page);
        if (mails.Count <= before)
            return null;
        var token = mails[^1].TextBody!.Split($"{page}#token=")[1].Split('\n', '&')[0].Trim();
        HostLog.Watch("mailed secret", token);
        return token;
    }

    private static string NewPassword()
    {
        var password = $"pass of {Guid.NewGuid():N}";
        HostLog.Watch("password", password);
        return password;
    }

    private static Task PauseAsync() => Task.Delay(100, TestContext.Current.CancellationToken);
}
