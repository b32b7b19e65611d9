using System.Diagnostics;

namespace Kumiko.TestHosts.Client;

/// <summary>For effects that the contract promises soon rather than at once, because they travel between modules by event.</summary>
public static class Eventually
{
    // Usually a second or two, but longer on a machine that runs every test at once, and when the broker is retried.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Asks again until the answer meets the condition. Fails with the last answer if it never does.</summary>
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
