using System.Diagnostics;
using System.Globalization;
using Kumiko.Identity.Tests.Mail;

namespace Kumiko.Chaos;

/// <summary>Identity and the mail server are killed while mails, new passwords and changes of roles are under way.</summary>
public class MailChaosTests(SharedServers servers, ITestOutputHelper output)
{
    // For how long a process claims the mail that it sends: twice the time limit of SMTP.
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    private readonly List<DateTimeOffset> _kills = [];

    [Fact]
    public async Task Crashes_lose_no_mail_no_new_password_and_no_role()
    {
        await using var server = new TestMailServer();
        await using var installation = await servers.InstallAsync();
        await using var hosts = await installation.StartAsync(
            posts: 1,
            identity: 2,
            ("Mail__Folder", ""),
            ("Mail__Host", "127.0.0.1"),
            ("Mail__Port", $"{server.Port}"),
            ("Mail__Security", "None"),
            ("Mail__From", "Kumiko <no-reply@example.test>")
        );
        using var anyone = new Caller(hosts.Address);
        using var enough = new CancellationTokenSource();
        var accounts = new Accounts(anyone, server, enough.Token);
        var admin = await accounts.JoinAsync("admin");
        await installation.RunAsync($"user promote {admin.Email}");
        await admin.RefreshAsync();
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => accounts.JoinAsync("person")));
        Task[] work =
        [
            accounts.RegisterAsync(),
            accounts.RegisterAsync(),
            accounts.ResetAsync(people[..3]),
            accounts.ResetAsync(people[3..]),
            accounts.ChangeRolesAsync(admin, people),
        ];

        await PauseAsync(2_000);
        await KillAsync(hosts.Identity[0]);
        await ComeBackAsync(hosts);
        await KillAsync(server);
        await PauseAsync(3_000);
        server.StartAgain();
        await ComeBackAsync(hosts);
        // The server has the mail, and nobody recorded that.
        await server.HoldNextAsync();
        await Task.WhenAll(hosts.Identity.Select(KillAsync));
        server.Release();
        await ComeBackAsync(hosts);
        await Task.WhenAll(KillAsync(server), KillAsync(hosts.Identity[1]));
        await PauseAsync(2_000);
        server.StartAgain();
        await ComeBackAsync(hosts);

        await enough.CancelAsync();
        await Task.WhenAll(work);
        await AllMailsAreSentAsync();
        var events = await Proof.AllEventsTookEffectAsync(servers.MySql);
        output.WriteLine(
            $"{accounts.Ledger.Acknowledged} requests acknowledged ({accounts.Resets} new passwords, {accounts.RoleChanges} changes of "
                + $"roles), {accounts.Ledger.Retried} sent again, {_kills.Count} kills; {events}"
        );

        var lost = accounts.Expected.Where(mail => Distinct(accounts, mail.Key.To, mail.Key.Text) < mail.Value).ToList();
        Assert.True(lost.Count == 0, $"{lost.Count} of {accounts.Expected.Count} are short of mails, such as {lost.FirstOrDefault()}");
        Twice(server);
        Assert.Equal(new SortedDictionary<long, string>(accounts.Roles), await Proof.RolesAsync(servers.MySql, accounts.Roles.Keys));
        Assert.True(await Proof.CountOfAuditAsync(servers.MySql, "role_change") > accounts.RoleChanges);
        foreach (var (email, password) in accounts.Passwords)
            Assert.True(await accounts.SignsInAsync(email, password), "An acknowledged password does not sign in.");
        await installation.RunAsync("audit verify");
        Assert.Equal(0, await hosts.StopAsync());
        HostLog.HoldsNothingPrivate(hosts.Log);
    }

    private static int Distinct(Accounts accounts, string to, string text) =>
        accounts.Mails(to, text).Select(mail => mail.MessageId).Distinct().Count();

    // A mail comes twice only if a kill fell between its acceptance and the record of it. A process sends one at a time.
    private void Twice(TestMailServer server)
    {
        var twice = server.Received.GroupBy(mail => mail.MessageId).Where(copies => copies.Count() > 1).ToList();
        output.WriteLine($"{server.Received.Count} mails arrived, {twice.Count} of them more than once");
        Assert.NotEmpty(twice);
        Assert.InRange(twice.Sum(copies => copies.Count() - 1), 1, _kills.Count);
        Assert.All(
            twice,
            // A mail has the second in which it was composed.
            copies => Assert.Contains(_kills, kill => kill - copies.First().Date is { TotalSeconds: > -1 and < 3 })
        );
    }

    private async Task AllMailsAreSentAsync()
    {
        await using var connection = await servers.MySql.OpenAsync();
        var mails = $"{await Proof.DatabaseAsync(connection, "identity")}.mails";
        // What a killed process had claimed becomes free in two minutes, which nobody wants to wait for.
        var until = (_kills.Max() + Claim).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        await Proof.RunAsync(connection, $"update {mails} set next_attempt_at = utc_timestamp(3) where next_attempt_at <= '{until}'");
        var clock = Stopwatch.StartNew();
        while (await Proof.CountAsync(connection, $"select count(*) from {mails}") is var left and > 0)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(40), $"{left} mails still wait.");
            await PauseAsync(200);
        }
    }

    private async Task KillAsync(HostSlot slot)
    {
        lock (_kills)
            _kills.Add(DateTimeOffset.UtcNow);
        await slot.Host.KillAsync();
    }

    private async Task KillAsync(TestMailServer server)
    {
        // Each of the two processes may have been sending.
        lock (_kills)
            _kills.AddRange(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
        await server.KillAsync();
    }

    private static async Task ComeBackAsync(HostsApart hosts)
    {
        await PauseAsync(1_500);
        foreach (var slot in hosts.Identity.Where(slot => slot.Host.HasEnded))
            await slot.StartAgainAsync();
        await hosts.ReadyAsync();
        await PauseAsync(2_000);
    }

    private static Task PauseAsync(int milliseconds) => Task.Delay(milliseconds, TestContext.Current.CancellationToken);
}
