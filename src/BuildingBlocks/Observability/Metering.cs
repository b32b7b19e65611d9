using System.Diagnostics.Metrics;

namespace Kumiko.BuildingBlocks.Observability;

/// <summary>The meter of everything that Kumiko counts itself, beside what the platform and the drivers count.</summary>
public static class Metering
{
    /// <summary>Its name. A module makes its own instruments on <c>IMeterFactory.Create(Metering.MeterName)</c>.</summary>
    public const string MeterName = "Kumiko";

    // Static, as what is timed here lies on the way of every request.
    internal static readonly Meter Meter = new(MeterName);
}
