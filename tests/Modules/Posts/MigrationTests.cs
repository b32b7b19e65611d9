using Kumiko.BuildingBlocks.Data;
using Kumiko.Posts.Data;
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
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var test = await TestDatabase.CreateAsync(new PostsModule(), provider, cancellationToken);
        await using var database = new PostsDatabase(test.Settings);

        await test.Migrator.DownAsync(1_000, cancellationToken);
        await using (var session = await database.OpenAsync(cancellationToken))
        {
            Assert.Empty(
                await session.ReadAllAsync<string>(
                    session.Sql(
                        sqlite: "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
                        mySql: "select table_name from information_schema.tables where table_schema = database()"
                    ),
                    null,
                    cancellationToken
                )
            );
        }

        await test.Migrator.UpAsync(cancellationToken);
        await test.Migrator.CheckAsync(cancellationToken);
    }
}
