using System.Diagnostics;

namespace Kumiko.Contract.Speaking;

/// <summary>For what the contract promises soon rather than at once: effects that travel between modules by event.</summary>
public static class Eventually
{
    // A second or two; a machine that runs every test at once, and a broker that is tried again, take longer.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Asks again until the answer is as hoped, and fails with the last one when it never is.</summary>
    public static async Task<T> IsAsync<T>(Func<Task<T>> ask, Func<T, bool> hoped)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (hoped(answer))
                return answer;
            Assert.True(clock.Elapsed < Soon, $"After {Soon.TotalSeconds} s it is still: {answer}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
