using System.Collections.Concurrent;
using Kumiko.Demo.Api;
using Spectre.Console;

namespace Kumiko.Demo.Stages;

/// <summary>Searches, and compares the hits with the paragraphs in memory.</summary>
internal static class CheckSearches
{
    // Two characters, a loan word, English, a single character that nearly every Japanese text contains, and two terms that must both
    // occur.
    private static readonly string[] Queries = ["日本", "コンテナ", "computer", "の", "ファイル 表示"];

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
        var folded = posted.Select(post => (Post: post, Text: SearchText.Fold(post.Content))).ToLookup(pair => pair.Post.Author.Id);
        var checks = Queries.SelectMany(query => accounts.Select(account => (Query: query, Account: account))).ToList();
        var hits = new ConcurrentDictionary<string, int>();
        var elapsed = await ProgressBar.RunAsync(
            console,
            "Check searches",
            checks.Count,
            done =>
                Parallel.ForEachAsync(
                    checks,
                    new ParallelOptions { MaxDegreeOfParallelism = options.Connections, CancellationToken = cancellationToken },
                    async (check, stop) =>
                    {
                        var (query, account) = check;
                        var terms = SearchText.Terms(query);
                        var missing = folded[account.Id]
                            .Where(pair => SearchText.Holds(pair.Text, terms))
                            .Select(pair => pair.Post.Id)
                            .ToHashSet();
                        try
                        {
                            var filter = $"q={Uri.EscapeDataString(query)}&user_id={account.Id}";
                            await foreach (var post in PageThrough.RunAsync(client, filter, times.Add, stop))
                            {
                                if (!SearchText.Holds(SearchText.Fold(post.Content), terms))
                                    findings.Add($"search for '{query}': post {post.Id} does not hold it");
                                else if (!missing.Remove(post.Id))
                                    findings.Add(
                                        $"search for '{query}' of user {account.Id}: post {post.Id} "
                                            + "is there twice, or is not this user's"
                                    );
                                hits.AddOrUpdate(query, 1, (_, count) => count + 1);
                            }

                            foreach (var id in missing)
                                findings.Add($"search for '{query}' of user {account.Id}: post {id} holds it and was not found");
                        }
                        catch (DemoException e)
                        {
                            findings.Add($"search for '{query}' of user {account.Id}: {e.Message}");
                        }

                        done();
                    }
                )
        );

        foreach (var query in Queries)
            console.WriteLine(FormattableString.Invariant($"  '{query}': {hits.GetValueOrDefault(query):N0} posts"));
        return new Measure(times, elapsed);
    }
}
