namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>The key by which a limit distinguishes callers.</summary>
public enum RateLimitKey
{
    /// <summary>The client's address (<see cref="ClientAddress"/>).</summary>
    Address,

    /// <summary>The signed-in user.</summary>
    User,

    /// <summary>A key that the handler chooses, since only the handler knows it.</summary>
    Handler,
}
