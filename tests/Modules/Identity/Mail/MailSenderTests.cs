using System.Text;
using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Mail;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Kumiko.Identity.Tests.Mail;

public sealed class MailSenderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Several_instances_send_each_mail_once(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        for (var number = 0; number < 20; number++)
            await QueueAsync(module, $"reader-{number}@example.com");
        var transport = new RecordingTransport();

        await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var sender = Sender(module, transport);
                        while (await sender.SendNextAsync(Cancellation)) { }
                    })
                )
        );

        Assert.Equal(
            Enumerable.Range(0, 20).Select(number => $"reader-{number}@example.com").Order(),
            transport.Sent.Select(message => message.To.Mailboxes.Single().Address).Order()
        );
        Assert.Equal(0, await CountAsync(module));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_mail_whose_sender_crashed_is_sent_when_its_claim_has_expired(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await QueueAsync(module, "hanako@example.com");
        var now = module.Clock.Now();
        await using (var work = await module.Database.BeginAsync(Cancellation))
        {
            Assert.NotNull(await work.ClaimMailAsync(now, now + MailSender.Claim, Cancellation));
            await work.CommitAsync();
        }

        var transport = new RecordingTransport();
        var sender = Sender(module, transport);
        Assert.False(await sender.SendNextAsync(Cancellation));
        module.Clock.Advance(MailSender.Claim);
        Assert.True(await sender.SendNextAsync(Cancellation));
        Assert.Single(transport.Sent);
        Assert.False(await sender.SendNextAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_mail_waits_for_a_server_that_is_away(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await QueueAsync(module, "hanako@example.com");
        var transport = new RecordingTransport { Failure = new MailUnavailableException("away") };
        var sender = Sender(module, transport);
        await Assert.ThrowsAsync<MailUnavailableException>(() => sender.SendNextAsync(Cancellation));
        Assert.False(await sender.SendNextAsync(Cancellation));

        module.Clock.Advance(TimeSpan.FromMinutes(1));
        transport.Failure = null;
        Assert.True(await sender.SendNextAsync(Cancellation));
        Assert.Single(transport.Sent);
    }

    [Fact]
    public async Task A_mail_that_is_not_accepted_yet_does_not_hold_up_the_others_and_waits_longer_each_time()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await QueueAsync(module, "hanako@example.com");
        var transport = new RecordingTransport { Failure = new MailUnavailableException("later", isOfThisMail: true) };
        var sender = Sender(module, transport);
        var pauses = new List<double>();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.True(await sender.SendNextAsync(Cancellation));
            var next = await NextAttemptAsync(module);
            pauses.Add((next - module.Clock.Now()).TotalSeconds);
            module.Clock.Advance(next - module.Clock.Now());
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600], pauses);
    }

    [Fact]
    public async Task A_refused_mail_and_one_that_is_too_old_are_given_up()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var transport = new RecordingTransport { Failure = new MailRefusedException("nobody has this address") };
        var sender = Sender(module, transport);
        await QueueAsync(module, "nobody@example.com");
        Assert.True(await sender.SendNextAsync(Cancellation));
        Assert.Equal(0, await CountAsync(module));

        transport.Failure = null;
        await QueueAsync(module, "hanako@example.com");
        module.Clock.Advance(TimeSpan.FromDays(3));
        Assert.True(await sender.SendNextAsync(Cancellation));
        Assert.Empty(transport.Sent);
        Assert.Equal(0, await CountAsync(module));
    }

    [Fact]
    public async Task A_mail_to_nobody_is_not_sent()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await QueueAsync(module, "hanako@example.com", isDecoy: true);
        var transport = new RecordingTransport();
        Assert.True(await Sender(module, transport).SendNextAsync(Cancellation));
        Assert.Empty(transport.Sent);
        Assert.Equal(0, await CountAsync(module));
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_sends_no_mail()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await using (var work = await module.Database.BeginAsync(Cancellation))
            await module.Get<MailQueue>().AddAsync(work, Mail("hanako@example.com"), lifetime: null, Cancellation);
        Assert.Equal(0, await CountAsync(module));
    }

    [Fact]
    public async Task The_database_does_not_show_who_gets_which_mail()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await QueueAsync(module, "hanako@example.com");
        await using var session = await module.Database.OpenAsync(Cancellation);
        var content = await session.ReadFirstAsync<byte[]>("select content from mails", null, Cancellation);
        var text = Encoding.Latin1.GetString(content!);
        Assert.DoesNotContain("hanako", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("token", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_a_way_to_send_mails_none_is_queued()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite, ("Mail:Folder", ""));
        await module.RegisterAsync("hanako");
        Assert.Empty(await module.MailsAsync());
    }

    internal static QueuedMail Mail(string to, bool isDecoy = false, string template = MailTemplate.VerifyEmail, string language = "en") =>
        new()
        {
            Id = Guid.NewGuid().ToString("N"),
            To = to,
            Template = template,
            Language = language,
            IsDecoy = isDecoy,
            Values = new Dictionary<string, string>
            {
                ["username"] = "hanako",
                ["link"] = "https://kumiko.example/auth/verify#token=secret",
                ["email"] = "hanako@example.com",
                ["new_email"] = "other@example.com",
                ["kept_email"] = "other@example.com",
                ["time"] = "2026-11-24 12:36 UTC",
                ["since"] = "2026-11-24 11:36 UTC",
                ["device"] = "Firefox, Linux",
                ["passkey"] = "Work laptop",
                ["address"] = "192.0.2.7",
                ["left"] = "9",
            },
        };

    private static MailSender Sender(TestModule module, IMailTransport transport) =>
        new(
            module.Database,
            module.Get<MailQueue>(),
            module.Get<MailCipher>(),
            module.Get<MailComposer>(),
            transport,
            module.Get<MailMetrics>(),
            module.Clock,
            NullLogger<MailSender>.Instance
        );

    private static async Task QueueAsync(TestModule module, string to, bool isDecoy = false)
    {
        await using var work = await module.Database.BeginAsync(Cancellation);
        await module.Get<MailQueue>().AddAsync(work, Mail(to, isDecoy), lifetime: null, Cancellation);
        await work.CommitAsync();
    }

    private static async Task<long> CountAsync(TestModule module)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadFirstAsync<long>("select count(*) from mails", null, Cancellation);
    }

    private static async Task<DateTimeOffset> NextAttemptAsync(TestModule module)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadFirstAsync<DateTimeOffset>("select next_attempt_at from mails", null, Cancellation);
    }
}
