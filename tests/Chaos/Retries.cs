using System.Diagnostics;

namespace Kumiko.Chaos;

/// <summary>Sends requests again until they are answered, as clients do during an outage.</summary>
/// <param name="ledger">Counts the requests that were sent again.</param>
public sealed class Retries(Ledger ledger)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Sends a request again until its answer meets the condition. Fails with an answer that no outage gives.</summary>
    public async Task<Answer> UntilAsync(Func<Task<Answer>> ask, Func<Answer, bool> done)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var last = "";
            try
            {
                var answer = await ask();
                if (done(answer))
                    return answer;
                last = $"{answer}";
                Assert.True(answer.Status is 200 or 409 or 429 or 502 or 503 or 504, $"No outage gives this answer: {answer}");
                if (answer.Status != 200)
                    ledger.Retry();
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
                ledger.Retry();
            }

            Assert.True(clock.Elapsed < Patience, $"After {Patience} it is still: {last}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
