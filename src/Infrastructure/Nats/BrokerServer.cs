using System.Text.Json;

namespace Kumiko.Infrastructure.Nats;

/// <summary>
/// The figures that NATS publishes about its server at <c>/varz</c> of its monitoring port, as far as Kumiko
/// reports them (https://docs.nats.io/running-a-nats-service/nats_admin/monitoring).
/// </summary>
/// <param name="Mem">Memory of the process, in bytes.</param>
/// <param name="Cpu">Processors in use, in percent of one.</param>
/// <param name="Connections">Connected clients.</param>
/// <param name="SlowConsumers">Clients that were disconnected since the start because they did not read.</param>
/// <param name="Jetstream">The storage of events.</param>
internal sealed record BrokerServer(long Mem, double Cpu, long Connections, long SlowConsumers, BrokerServer.JetStream Jetstream)
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
    };

    /// <param name="Config">The limits of the storage.</param>
    /// <param name="Stats">The usage of the storage.</param>
    internal sealed record JetStream(Limits Config, Use Stats);

    /// <param name="MaxStorage">Disk space in bytes.</param>
    internal sealed record Limits(long MaxStorage);

    /// <param name="Storage">Disk space in bytes.</param>
    internal sealed record Use(long Storage);
}
