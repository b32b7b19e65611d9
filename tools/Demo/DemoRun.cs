using System.Globalization;
using Kumiko.Demo.Api;
using Kumiko.Demo.Input;
using Kumiko.Demo.Stages;
using Spectre.Console;

namespace Kumiko.Demo;

/// <summary>The whole demonstration.</summary>
internal static class DemoRun
{
    /// <summary>Runs the demonstration.</summary>
    /// <returns>The exit code: 0 if everything came back as it was sent.</returns>
    public static async Task<int> RunAsync(DemoOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        try
        {
            return await RunStagesAsync(options, console, cancellationToken);
        }
        catch (DemoException e)
        {
            console.WriteLine($"The demonstration stopped: {e.Message}", new Style(Color.Red));
            return 1;
        }
    }

    private static async Task<int> RunStagesAsync(DemoOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var corpus = Corpus.Read(options.Folders);
        console.WriteLine(
            FormattableString.Invariant($"{corpus.Files:N0} text files hold {corpus.Suitable.Count:N0} suitable paragraphs.")
        );
        if (corpus.Suitable.Count == 0)
            throw new DemoException("there is nothing to post in these folders");

        var run = Guid.NewGuid().ToString("N")[..8];
        var findings = new Findings();
        using var client = new KumikoClient(options.Url, options.Connections);
        var accounts = await RegisterUsers.RunAsync(client, options, run, console, cancellationToken);
        var (posted, writes) = await PostParagraphs.RunAsync(
            client,
            options,
            corpus.Suitable,
            accounts,
            findings,
            console,
            cancellationToken
        );
        var reads = await ReadBack.RunAsync(client, options, posted, findings, console, cancellationToken);
        var lists = await CheckLists.RunAsync(client, options, posted, accounts, findings, console, cancellationToken);
        var searches = await CheckSearches.RunAsync(client, options, posted, accounts, findings, console, cancellationToken);

        console.Write(CountsTable(corpus, accounts, posted.Count, client.Retries, findings.Count));
        console.Write(SpeedTable(("writes", writes), ("reads", reads), ("list pages", lists), ("search pages", searches)));
        foreach (var account in accounts)
            account.Dispose();
        foreach (var finding in findings.First)
            console.WriteLine(finding, new Style(Color.Red));
        if (findings.Count > findings.First.Count())
            console.WriteLine($"… and {findings.Count - findings.First.Count()} more.", new Style(Color.Red));
        return findings.Count == 0 ? 0 : 1;
    }

    private static Table CountsTable(Corpus corpus, Account[] accounts, int posted, int retries, int mismatches)
    {
        var table = new Table().AddColumn("").AddColumn(new TableColumn("count").RightAligned());
        void Row(string name, int count) => table.AddRow(name, count.ToString("N0", CultureInfo.InvariantCulture));

        Row("text files", corpus.Files);
        Row("files skipped: binary", corpus.Binary);
        Row("files skipped: not UTF-8", corpus.Unreadable);
        Row("paragraphs", corpus.Suitable.Count + corpus.Unsuitable);
        Row("unsuitable (too long, control characters)", corpus.Unsuitable);
        Row("users", accounts.Length);
        Row("posted", posted);
        Row("requests sent again", retries);
        Row("tokens renewed", accounts.Sum(account => account.Renewals));
        Row("mismatches", mismatches);
        return table;
    }

    private static Table SpeedTable(params (string Name, Measure Measure)[] stages)
    {
        var table = new Table().AddColumn("");
        foreach (var heading in new[] { "requests", "per second", "p50 ms", "p99 ms" })
            table.AddColumn(new TableColumn(heading).RightAligned());

        foreach (var (name, measure) in stages)
        {
            table.AddRow(
                name,
                measure.Count.ToString("N0", CultureInfo.InvariantCulture),
                measure.Rate.ToString("N0", CultureInfo.InvariantCulture),
                measure.Percentile(0.50).ToString("N2", CultureInfo.InvariantCulture),
                measure.Percentile(0.99).ToString("N2", CultureInfo.InvariantCulture)
            );
        }

        return table;
    }
}
