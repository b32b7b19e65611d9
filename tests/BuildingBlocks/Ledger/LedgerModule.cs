using System.Diagnostics;
using System.Reflection;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Tests.Ledger;

/// <summary>The smallest module that uses every building block: it records the events that it receives.</summary>
internal sealed class LedgerModule : IModule
{
    public string Name => "ledger";
    public string PathPrefix => "/api/ledger";
    public string Description => "Records the events that it receives.";
    public IReadOnlyDictionary<string, string> Tags { get; } = new Dictionary<string, string>();
    public Assembly Migrations => typeof(LedgerModule).Assembly;
    public IReadOnlyCollection<string> ConsumesFrom => [];

    public void AddServices(IServiceCollection services, ModuleSettings settings)
    {
        services.AddSingleton(new LedgerDatabase(settings.Database));
        services.AddOutbox<LedgerDatabase>();
        services.AddEventHandler<LedgerDatabase, Paid, PaidHandler>();
        services.AddInboxRetention<LedgerDatabase>();
        services.AddIdempotencyRetention<LedgerDatabase>();
    }
}

internal sealed class LedgerDatabase(DatabaseSettings settings) : ModuleDatabase("ledger", settings);

internal sealed record Paid(string What) : IEvent
{
    public static string Name => "ledger.paid";
}

/// <summary>Fails for <c>poison</c> until the test turns that off.</summary>
internal sealed class PaidHandler : IEventHandler<Paid>
{
    public bool IsPoisoned { get; set; } = true;

    /// <summary>The trace of the last call.</summary>
    public ActivityTraceId? Trace { get; private set; }

    public async Task HandleAsync(Paid message, UnitOfWork work, CancellationToken cancellationToken)
    {
        Trace = Activity.Current?.TraceId;
        await work.ExecuteAsync(
            "insert into entries (what, noted_at) values (@What, @Now)",
            new { message.What, Now = DateTimeOffset.UnixEpoch },
            cancellationToken
        );
        if (IsPoisoned && message.What == "poison")
            throw new InvalidOperationException("This one is not to be had.");
    }
}
