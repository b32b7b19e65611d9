using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Data;
using Kumiko.Infrastructure.Migrations;
using Kumiko.TestDatabases;
using Xunit;

namespace Kumiko.Identity.Tests;

/// <summary>A new, migrated database of Identity.</summary>
internal sealed class IdentityTestDatabase : IAsyncDisposable
{
    private readonly TestDatabase _inner;

    private IdentityTestDatabase(TestDatabase inner)
    {
        _inner = inner;
        Database = new IdentityDatabase(inner.Settings);
    }

    public static TheoryData<DatabaseProvider> Providers => TestDatabase.Providers;

    public DatabaseSettings Settings => _inner.Settings;

    public ModuleMigrator Migrator => _inner.Migrator;

    public IdentityDatabase Database { get; }

    public static async Task<IdentityTestDatabase> CreateAsync(DatabaseProvider provider) =>
        new(await TestDatabase.CreateAsync(new IdentityModule(), provider, TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _inner.DisposeAsync();
    }
}
