namespace Kumiko.BuildingBlocks.Observability;

/// <summary>The tags by which health checks are selected.</summary>
public static class HealthTags
{
    /// <summary>Marks the checks that decide whether a proxy sends requests to a process.</summary>
    public const string Serving = "serving";
}
