using Kumiko.BuildingBlocks.Data;
using Xunit;

namespace Kumiko.Identity.Tests;

public sealed class MigrationTests
{
    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Every_migration_has_a_way_back(DatabaseProvider provider)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var test = await IdentityTestDatabase.CreateAsync(provider);

        await test.Migrator.DownAsync(1_000, cancellationToken);
        await using (var session = await test.Database.OpenAsync(cancellationToken))
        {
            var tables = await session.ReadAllAsync<string>(
                session.Sql(
                    sqlite: "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
                    mySql: "select table_name from information_schema.tables where table_schema = database()"
                ),
                null,
                cancellationToken
            );
            Assert.DoesNotContain(
                tables,
                table => table is "users" or "sessions" or "refresh_tokens" or "signing_keys" or "outbox" or "idempotency_keys"
            );
        }

        await test.Migrator.UpAsync(cancellationToken);
        await test.Migrator.CheckAsync(cancellationToken);
    }
}
