using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Kumiko.TestDatabases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Ledger;

/// <summary>A process that runs the ledger on a database. Several may share one.</summary>
internal sealed class LedgerProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="database">The database.</param>
    /// <param name="clock">The clock; the system's by default.</param>
    /// <param name="transport">The transport of events; by default, the handlers of this process.</param>
    public LedgerProcess(TestDatabase database, TimeProvider? clock = null, IEventTransport? transport = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Debug));
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton(new SecretKey(RandomNumberGenerator.GetBytes(32)));
        services.AddWebConventions();
        if (transport is not null)
            services.AddSingleton(transport);
        new LedgerModule().AddServices(services, new ModuleSettings(database.Configuration, database.Settings));
        _services = services.BuildServiceProvider();
    }

    public TracedLog Log { get; } = new();
    public LedgerDatabase Database => _services.GetRequiredService<LedgerDatabase>();
    public IOutbox Outbox => _services.GetRequiredService<IOutbox>();
    public IdempotencyStore Idempotency => _services.GetRequiredService<IdempotencyStore>();
    public ParkedEvents Parked => _services.GetRequiredService<ParkedEvents>();
    public EventSubscription Subscription => _services.GetRequiredService<EventSubscription>();
    public PaidHandler Handler => _services.GetRequiredService<PaidHandler>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
            await service.StartAsync(Cancellation);
    }

    public async Task PayAsync(string what, bool commit = true)
    {
        await using var work = await Database.BeginAsync(Cancellation);
        await Outbox.AddAsync(work, new Paid(what), Cancellation);
        if (commit)
            await work.CommitAsync();
    }

    public async Task<IReadOnlyList<string>> EntriesAsync()
    {
        await using var session = await Database.OpenAsync(Cancellation);
        return await session.ReadAllAsync<string>("select what from entries order by what", null, Cancellation);
    }

    public async Task<long> WaitingAsync()
    {
        await using var session = await Database.OpenAsync(Cancellation);
        return await session.ReadFirstAsync<long>("select count(*) from outbox where delivered_at is null", null, Cancellation);
    }

    /// <summary>Waits until the outbox holds this many events. The test's time limit ends the wait.</summary>
    public async Task UntilWaitingAsync(long count)
    {
        while (await WaitingAsync() != count)
            await Task.Delay(20, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
            await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
