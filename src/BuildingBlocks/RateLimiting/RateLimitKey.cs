namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>By what a limit tells callers apart.</summary>
public enum RateLimitKey
{
    /// <summary>The client's address (<see cref="ClientAddress"/>).</summary>
    Address,

    /// <summary>The signed-in user.</summary>
    User,

    /// <summary>What the handler names, since only it knows.</summary>
    Handler,
}
