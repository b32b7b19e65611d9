using System.Net;
using Kumiko.Demo.Api;
using Spectre.Console;

namespace Kumiko.Demo.Stages;

/// <summary>Reads every post by its id and compares it with what was sent.</summary>
internal static class ReadBack
{
    public static async Task<Measure> RunAsync(
        KumikoClient client,
        DemoOptions options,
        IReadOnlyList<PostedParagraph> posted,
        Findings findings,
        IAnsiConsole console,
        CancellationToken cancellationToken
    )
    {
        var times = new TimeSpan[posted.Count];
        var elapsed = await ProgressBar.RunAsync(
            console,
            "Read back",
            posted.Count,
            done =>
                Parallel.ForAsync(
                    0,
                    posted.Count,
                    new ParallelOptions { MaxDegreeOfParallelism = options.Connections, CancellationToken = cancellationToken },
                    async (i, stop) =>
                    {
                        var answer = await client.GetAsync($"/api/crud/posts/{posted[i].Id}", stop);
                        times[i] = answer.Elapsed;
                        try
                        {
                            if (posted[i].Differs(answer.Read(HttpStatusCode.OK, Wire.Utf8.PostResponse)) is { } difference)
                                findings.Add(difference);
                        }
                        catch (DemoException e)
                        {
                            findings.Add($"GET /api/crud/posts/{posted[i].Id}: {e.Message}");
                        }

                        done();
                    }
                )
        );
        return new Measure(times, elapsed);
    }
}
