using System.Collections.Concurrent;
using Kumiko.Demo.Api;
using Spectre.Console;

namespace Kumiko.Demo.Stages;

/// <summary>Pages through each user's list and checks it: every post once, none missing, newest first, under the user's name.</summary>
internal static class CheckLists
{
    public static async Task<Measure> RunAsync(
        KumikoClient client,
        DemoOptions options,
        IReadOnlyList<PostedParagraph> posted,
        Account[] accounts,
        Findings findings,
        IAnsiConsole console,
        CancellationToken cancellationToken
    )
    {
        var times = new ConcurrentBag<TimeSpan>();
        var postsOf = posted.ToLookup(post => post.Author.Id);
        var elapsed = await ProgressBar.RunAsync(
            console,
            "Check lists",
            accounts.Length,
            done =>
                Parallel.ForEachAsync(
                    accounts,
                    new ParallelOptions { MaxDegreeOfParallelism = options.Connections, CancellationToken = cancellationToken },
                    async (account, stop) =>
                    {
                        try
                        {
                            await CheckAsync(client, account, postsOf[account.Id], times.Add, findings, stop);
                        }
                        catch (DemoException e)
                        {
                            findings.Add($"list of user {account.Id}: {e.Message}");
                        }

                        done();
                    }
                )
        );
        return new Measure(times, elapsed);
    }

    private static async Task CheckAsync(
        KumikoClient client,
        Account account,
        IEnumerable<PostedParagraph> posts,
        Action<TimeSpan> pages,
        Findings findings,
        CancellationToken cancellationToken
    )
    {
        var missing = posts.ToDictionary(post => post.Id);
        PostResponse? previous = null;
        await foreach (var post in PageThrough.RunAsync(client, $"user_id={account.Id}", pages, cancellationToken))
        {
            if (!missing.Remove(post.Id, out var expected))
                findings.Add($"list of user {account.Id}: post {post.Id} is there twice, or is none of this user's");
            else if (expected.Differs(post) is { } difference)
                findings.Add($"list of user {account.Id}: {difference}");
            // By now, the name has reached Posts from Identity.
            if (post.Username != account.Username)
                findings.Add($"list of user {account.Id}: post {post.Id} is by '{post.Username}', not '{account.Username}'");
            // Ids of posts written at the same time may be in a different order than their times.
            if (previous is not null && post.Id > previous.Id && post.CreatedAt > previous.CreatedAt)
                findings.Add($"list of user {account.Id}: post {post.Id} is newer than the one before it");
            previous = post;
        }

        foreach (var id in missing.Keys)
            findings.Add($"list of user {account.Id}: post {id} is missing");
    }
}
