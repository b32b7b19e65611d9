using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Features.DeleteMe;
using Xunit;

namespace Kumiko.Identity.Tests.Audit;

public sealed class AuditTrailTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseProvider, string, string> Tampering
    {
        get
        {
            (string Sql, string Finding)[] ways =
            [
                ("update audit_entries set action = 'sign_out' where id = 3", "Entry 3 of the audit trail was changed."),
                ("update audit_entries set outcome = 'refused' where id = 3", "Entry 3 of the audit trail was changed."),
                ("update audit_entries set actor_id = 99 where id = 3", "Entry 3 of the audit trail was changed."),
                ("update audit_entries set subject_id = 99 where id = 3", "Entry 3 of the audit trail was changed."),
                ("update audit_entries set session_id = 99 where id = 3", "Entry 3 of the audit trail was changed."),
                ("update audit_entries set client = '192.0.2.0/24' where id = 3", "Entry 3 of the audit trail was changed."),
                ("update audit_entries set reason = 'because' where id = 3", "Entry 3 of the audit trail was changed."),
                ("update audit_entries set details = 'something else' where id = 3", "Entry 3 of the audit trail was changed."),
                ("update audit_entries set at = '2026-11-24 12:00:01.000' where id = 3", "Entry 3 of the audit trail was changed."),
                ("update audit_entries set hash = personal_digest where id = 3", "Entry 3 of the audit trail was changed."),
                (
                    "update audit_entries set actor_id = null, subject_id = null, client = null, reason = null where id = 3",
                    "Entry 3 of the audit trail was changed: it lost its account, which was not deleted."
                ),
                ("delete from audit_entries where id = 3", "Entry 3 of the audit trail is missing."),
                ("delete from audit_entries where id in (3, 4)", "Entries 3 to 4 of the audit trail are missing."),
                ("delete from audit_entries where id = 1", "Entry 1 of the audit trail is missing."),
                ("delete from audit_entries where id = 6", "Entry 6 of the audit trail is missing."),
                ("delete from audit_entries", "Entries 1 to 6 of the audit trail are missing."),
                (
                    "insert into audit_entries (id, at, action, outcome, personal_digest, hash)"
                        + " select 7, at, action, outcome, personal_digest, hash from audit_entries where id = 6",
                    "Entry 7 of the audit trail was added by something other than this program."
                ),
                (
                    "delete from audit_entries where id = 6;"
                        + " update audit_chain set last_id = 5, last_hash = (select hash from audit_entries where id = 5)",
                    "The row of audit_chain was changed."
                ),
                (
                    "update audit_chain set anchor_id = 2, anchor_hash = (select hash from audit_entries where id = 2);"
                        + " delete from audit_entries where id in (1, 2)",
                    "The row of audit_chain was changed."
                ),
                ("delete from audit_chain", "The table audit_chain has lost its row, which says where the audit trail begins and ends."),
            ];
            var all = new TheoryData<DatabaseProvider, string, string>();
            foreach (var provider in IdentityTestDatabase.Providers)
            {
                foreach (var (sql, finding) in ways)
                    all.Add(new TheoryDataRow<DatabaseProvider, string, string>(provider.Data, sql, finding) { Skip = provider.Skip });
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task Any_tampering_is_found(DatabaseProvider provider, string sql, string finding)
    {
        await using var module = await TestModule.StartAsync(provider);
        await WriteSixAsync(module);
        Assert.True((await VerifyAsync(module)).IsIntact);

        await using (var work = await module.Database.BeginAsync(Cancellation))
        {
            await work.ExecuteAsync(sql, null, Cancellation);
            await work.CommitAsync();
        }

        var verdict = await VerifyAsync(module);
        Assert.False(verdict.IsIntact);
        Assert.Equal(finding, verdict.Sentence);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Concurrent_writers_of_two_instances_build_one_chain(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await using var other = await module.AnotherInstanceAsync();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 200),
            new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = Cancellation },
            async (n, token) =>
            {
                var instance = n % 2 == 0 ? module : other;
                await using var work = await instance.Database.BeginAsync(token);
                instance.Get<AuditTrail>().Record(work, new AuditEntry(AuditAction.SignIn, n, n));
                instance.Get<AuditTrail>().Record(work, new AuditEntry(AuditAction.SessionEnd, n, n));
                // Every tenth is rolled back, and leaves no gap.
                if (n % 10 != 0)
                    await work.CommitAsync();
            }
        );

        var verdict = await VerifyAsync(module);
        Assert.True(verdict.IsIntact, verdict.Sentence);
        Assert.StartsWith("The audit trail is intact: 360 entries.", verdict.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task An_entry_that_an_earlier_verification_named_must_still_be_there(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var named = (await VerifyAsync(module)).Sentence.Split(' ')[^1].TrimEnd('.');
        await module.SignInAsync("hanako");
        Assert.True((await VerifyAsync(module, named)).IsIntact);

        var replaced = await VerifyAsync(module, "1:00000000000000000000000000000000");
        Assert.False(replaced.IsIntact);
        Assert.Contains("1:00000000000000000000000000000000", replaced.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Old_entries_go_and_the_rest_can_be_verified(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await WriteSixAsync(module);
        module.Clock.Advance(TimeSpan.FromDays(399));
        await module.RegisterAsync("taro");
        module.Clock.Advance(TimeSpan.FromDays(1.5));

        await module.Get<AuditRetention>().ApplyAsync(Cancellation);

        Assert.Equal([7L], (await EntriesAsync(module)).Select(entry => entry.Id));
        Assert.StartsWith("The audit trail is intact: 1 entries.", (await VerifyAsync(module)).Sentence, StringComparison.Ordinal);
        await module.RegisterAsync("jiro");
        Assert.True((await VerifyAsync(module)).IsIntact);

        module.Clock.Advance(TimeSpan.FromDays(401));
        await module.Get<AuditRetention>().ApplyAsync(Cancellation);
        Assert.Empty(await EntriesAsync(module));
        Assert.True((await VerifyAsync(module)).IsIntact);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_deleted_account_leaves_entries_that_name_nobody_and_can_be_verified(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var other = await module.RegisterAsync("taro");
        var user = await module.RegisterAsync("hanako");
        await using (var work = await module.Database.BeginAsync(Cancellation))
        {
            module
                .Get<AuditTrail>()
                .Record(
                    work,
                    new AuditEntry(AuditAction.AccountDisabling, user.Id, other.Id) { Client = "192.0.2.0/24", Reason = "She wrote to me." }
                );
            await work.CommitAsync();
        }

        var session = TestModule.UserOf(await module.SignInAsync("hanako"));
        TestModule.Success(await module.Mediator.Send(new DeleteMe(TestModule.Password, session, ExpectedVersion.Any), Cancellation));

        var entries = await EntriesAsync(module);
        Assert.DoesNotContain(entries, entry => entry.ActorId == user.Id || entry.SubjectId == user.Id);
        var disabling = entries.Single(entry => entry.Action == "account_disabling");
        Assert.Equal((null, other.Id, null, null), (disabling.ActorId, disabling.SubjectId, disabling.Client, disabling.Reason));
        // Its entries still belong together.
        Assert.Equal(5, entries.Count(entry => entry.ActorDigest is { } digest && digest.SequenceEqual(disabling.ActorDigest!)));
        var verdict = await VerifyAsync(module);
        Assert.True(verdict.IsIntact, verdict.Sentence);
    }

    // A refusal names an account that was read before a password waited for its turn.
    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_refusal_during_or_after_a_deletion_names_nobody(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("RateLimits:Enabled", "false"));
        await using var other = await module.AnotherInstanceAsync(("RateLimits:Enabled", "false"));
        var there = await module.RegisterAsync("taro");
        var user = await module.RegisterAsync("hanako");
        var session = TestModule.UserOf(await module.SignInAsync("hanako"));

        var deletion = Task.Run(
            async () => await module.Mediator.Send(new DeleteMe(TestModule.Password, session, ExpectedVersion.Any), Cancellation),
            Cancellation
        );
        do
        {
            await other.Get<AuditTrail>().RecordRefusalAsync(new AuditEntry(AuditAction.PasswordCheck, user.Id, user.Id), Cancellation);
            await Task.Delay(1, Cancellation);
        } while (!deletion.IsCompleted);
        TestModule.Success(await deletion);
        await module
            .Get<AuditTrail>()
            .RecordRefusalAsync(
                new AuditEntry(AuditAction.SignIn, there.Id, user.Id) { SessionId = 7, Client = "198.51.100.0/24" },
                Cancellation
            );

        var entries = await EntriesAsync(module);
        Assert.DoesNotContain(entries, entry => entry.ActorId == user.Id || entry.SubjectId == user.Id);
        var last = entries[^1];
        Assert.Equal((there.Id, null, null), (last.ActorId, last.SubjectId, last.SubjectDigest));
        Assert.Equal((null, null), (last.SessionId, last.Client));
        var verdict = await VerifyAsync(module);
        Assert.True(verdict.IsIntact, verdict.Sentence);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Refusals_beyond_the_limit_are_not_recorded(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        for (var n = 0; n < 70; n++)
            await module.Get<AuditTrail>().RecordRefusalAsync(new AuditEntry(AuditAction.SignIn, null, 1), Cancellation);
        Assert.Equal(60, (await EntriesAsync(module)).Count);
        module.Clock.Advance(TimeSpan.FromMinutes(1));
        await module.Get<AuditTrail>().RecordRefusalAsync(new AuditEntry(AuditAction.SignIn, null, 1), Cancellation);
        Assert.Equal(61, (await EntriesAsync(module)).Count);
    }

    private static async Task WriteSixAsync(TestModule module)
    {
        for (var n = 1; n <= 6; n++)
        {
            await using var work = await module.Database.BeginAsync(Cancellation);
            module
                .Get<AuditTrail>()
                .Record(
                    work,
                    new AuditEntry(AuditAction.RoleChange, n, n + 1)
                    {
                        SessionId = n,
                        Client = "198.51.100.0/24",
                        Details = "member:admin",
                        Reason = "She asked for it.",
                    }
                );
            await work.CommitAsync();
        }
    }

    private static Task<AuditVerdict> VerifyAsync(TestModule module, string? known = null) =>
        module.Get<IAuditVerification>().VerifyAsync(known, Cancellation);

    private static async Task<List<AuditRow>> EntriesAsync(TestModule module)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadAuditAfterAsync(0, long.MaxValue, 100_000, Cancellation);
    }
}
