using Kumiko.BuildingBlocks.Data;
using Kumiko.TestDatabases;
using Xunit;

namespace Kumiko.Posts.Tests;

public sealed class MigrationTests
{
    public static TheoryData<DatabaseProvider> Providers => TestModule.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Every_migration_has_a_way_back(DatabaseProvider provider)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var test = await TestDatabase.CreateAsync(new PostsModule(), provider, cancellation);
        await using var database = new PostsDatabase(test.Settings);

        await test.Migrator.DownAsync(1_000, cancellation);
        await using (var session = await database.OpenAsync(cancellation))
        {
            Assert.Empty(
                await session.ReadAllAsync<string>(
                    session.Sql(
                        sqlite: "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
                        mySql: "select table_name from information_schema.tables where table_schema = database()"
                    ),
                    null,
                    cancellation
                )
            );
        }

        await test.Migrator.UpAsync(cancellation);
        await test.Migrator.CheckAsync(cancellation);
    }
}
