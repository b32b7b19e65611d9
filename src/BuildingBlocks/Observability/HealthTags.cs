namespace Kumiko.BuildingBlocks.Observability;

/// <summary>What health checks are chosen by.</summary>
public static class HealthTags
{
    /// <summary>Marks the checks that decide whether a proxy sends requests to a process.</summary>
    public const string Serving = "serving";
}
