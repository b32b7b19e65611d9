using System.Diagnostics.Metrics;

namespace Kumiko.BuildingBlocks.Observability;

/// <summary>The meter of Kumiko's own metrics, beside those of the platform and the drivers.</summary>
public static class Metering
{
    /// <summary>The meter's name. A module creates its own instruments with <c>IMeterFactory.Create(Metering.MeterName)</c>.</summary>
    public const string MeterName = "Kumiko";

    // Static, since it measures code on the path of every request.
    internal static readonly Meter Meter = new(MeterName);
}
