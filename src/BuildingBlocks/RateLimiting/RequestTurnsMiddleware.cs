using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>
/// Works on a few requests of one client address at a time; its other requests wait for their turn, however many they are. So a client that
/// sends hundreds at once delays others by those few. A request that waits for something else, such as its body, a database or the next
/// event of a stream, keeps its place for a tenth of a second at most.
/// </summary>
internal sealed class RequestTurnsMiddleware(RequestDelegate next, RequestTurns turns, TimeProvider clock)
{
    private static readonly TimeSpan MaxTurn = TimeSpan.FromMilliseconds(100);
    private static readonly TimerCallback EndTurn = place => ((IDisposable)place!).Dispose();
    private static readonly Func<object, Task> EndTurnOnResponse = place =>
    {
        ((IDisposable)place).Dispose();
        return Task.CompletedTask;
    };

    public async Task InvokeAsync(HttpContext http)
    {
        using var place = await turns.EnterAsync(ClientAddress.Of(http), http.RequestAborted);
        await using var timer = clock.CreateTimer(EndTurn, place, MaxTurn, Timeout.InfiniteTimeSpan);
        http.Response.OnStarting(EndTurnOnResponse, place);
        await next(http);
    }
}
