using System.Text.Json;

namespace Kumiko.BuildingBlocks.Messaging.Nats;

/// <summary>
/// What NATS tells of its server at <c>/varz</c> of its monitoring port, as far as it is shown
/// (https://docs.nats.io/running-a-nats-service/nats_admin/monitoring).
/// </summary>
/// <param name="Mem">Memory of the process, in bytes.</param>
/// <param name="Cpu">Processors in use, in percent of one.</param>
/// <param name="Connections">Clients that are connected.</param>
/// <param name="SlowConsumers">Clients that were given up since the start, as they did not read.</param>
/// <param name="Jetstream">What is kept.</param>
internal sealed record BrokerServer(long Mem, double Cpu, long Connections, long SlowConsumers, BrokerServer.JetStream Jetstream)
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
    };

    /// <param name="Config">What may be used.</param>
    /// <param name="Stats">What is used.</param>
    internal sealed record JetStream(Limits Config, Use Stats);

    /// <param name="MaxStorage">In bytes on the disk.</param>
    internal sealed record Limits(long MaxStorage);

    /// <param name="Storage">In bytes on the disk.</param>
    internal sealed record Use(long Storage);
}
