using System.Net;
using Kumiko.Demo.Api;
using Spectre.Console;

namespace Kumiko.Demo.Stages;

/// <summary>Posts the paragraphs, with the users taking turns.</summary>
internal static class PostParagraphs
{
    public static async Task<(List<PostedParagraph> Posted, Measure Measure)> RunAsync(
        KumikoClient client,
        DemoOptions options,
        IReadOnlyList<string> paragraphs,
        Account[] accounts,
        Findings findings,
        IAnsiConsole console,
        CancellationToken cancellationToken
    )
    {
        var posted = new PostedParagraph?[paragraphs.Count];
        var times = new TimeSpan[paragraphs.Count];
        var elapsed = await ProgressBar.RunAsync(
            console,
            "Post",
            paragraphs.Count,
            done =>
                Parallel.ForAsync(
                    0,
                    paragraphs.Count,
                    new ParallelOptions { MaxDegreeOfParallelism = options.Connections, CancellationToken = cancellationToken },
                    async (i, stop) =>
                    {
                        var author = accounts[i % accounts.Length];
                        var answer = await client.PostAsync(
                            "/api/crud/posts",
                            new WritePostRequest(paragraphs[i]),
                            Wire.Utf8.WritePostRequest,
                            await author.AccessTokenAsync(stop),
                            Guid.NewGuid().ToString(),
                            stop
                        );
                        times[i] = answer.Elapsed;
                        try
                        {
                            var post = answer.Read(HttpStatusCode.Created, Wire.Utf8.PostResponse);
                            posted[i] = new PostedParagraph(post.Id, author, paragraphs[i]);
                            if (posted[i]!.Differs(post) is { } difference)
                                findings.Add($"{difference} from POST");
                        }
                        catch (DemoException e)
                        {
                            findings.Add($"POST /api/crud/posts: {e.Message}");
                        }

                        done();
                    }
                )
        );
        return (posted.OfType<PostedParagraph>().ToList(), new Measure(times, elapsed));
    }
}
