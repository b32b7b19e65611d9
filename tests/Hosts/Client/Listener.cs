using System.Globalization;

namespace Kumiko.TestHosts.Client;

/// <summary>
/// A client that follows the stream of posts, as a browser's <c>EventSource</c> does (WHATWG HTML, 9.2.6), but also sees the comments.
/// </summary>
public sealed class Listener : IDisposable
{
    /// <summary>The path of the stream.</summary>
    public const string Path = "/api/crud/posts/stream";

    // What the contract promises at once may take a while on a machine that runs every test in parallel.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;
    private Task<string?>? _pending;

    private Listener(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    /// <summary>The id to reconnect with: the last one received, in an event or alone.</summary>
    public long LastId { get; private set; }

    /// <summary>The number of comment lines so far.</summary>
    public int Comments { get; private set; }

    /// <summary>The headers of the answer.</summary>
    public string? Header(string name) =>
        _response
            .Headers.Concat(_response.Content.Headers)
            .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => string.Join(", ", header.Value))
            .FirstOrDefault();

    /// <summary>Opens the stream and waits for its first line: everything that is written from then on must arrive.</summary>
    public static async Task<Listener> OpenAsync(Caller caller, long? after = null)
    {
        var response = await caller.OpenAsync(
            Path,
            after is null ? [] : [("Last-Event-ID", after.Value.ToString(CultureInfo.InvariantCulture))]
        );
        Assert.Equal(200, (int)response.StatusCode);
        var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var listener = new Listener(response, lines);
        using var patience = Patient();
        Assert.StartsWith(":", await lines.ReadLineAsync(patience.Token), StringComparison.Ordinal);
        listener.Comments = 1;
        // The rest of the opening: the id to reconnect with, and an empty line.
        while (await lines.ReadLineAsync(patience.Token) is { Length: > 0 } line)
            listener.Note(line);
        return listener;
    }

    /// <summary>The next event; null when the stream ends. Fails if none arrives.</summary>
    public async Task<StreamEvent?> ReadAsync()
    {
        using var patience = Patient();
        return await ReadNextAsync(patience.Token);
    }

    /// <summary>Whether this many comment lines arrive within that time. Skips events.</summary>
    public async Task<bool> HasCommentsAsync(int count, TimeSpan within)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(within);
        try
        {
            while (Comments < count && await ReadNextAsync(patience.Token) is not null)
            {
                // Another event.
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Nothing was written in that time.
        }

        return Comments >= count;
    }

    /// <summary>All events up to and including the first of that kind for that post.</summary>
    public async Task<List<StreamEvent>> ReadUntilAsync(string name, long post)
    {
        var events = new List<StreamEvent>();
        while (await ReadAsync() is { } happened)
        {
            events.Add(happened);
            if (happened.Name == name && happened.Post == post)
                return events;
        }

        throw new InvalidOperationException($"The stream ended after {events.Count} events, before the {name} of post {post}.");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private static CancellationTokenSource Patient()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        return patience;
    }

    private async Task<StreamEvent?> ReadNextAsync(CancellationToken cancellationToken)
    {
        var (name, data) = ("", "");
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data += line["data: ".Length..];
            else
                Note(line);

            if (line.Length == 0 && data.Length > 0)
                return new StreamEvent(LastId, name, data);
        }

        return null;
    }

    // Cancelling a read would close the connection, so a read that times out is left to the next caller.
    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        _pending ??= _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        var line = await _pending.WaitAsync(cancellationToken);
        _pending = null;
        return line;
    }

    private void Note(string line)
    {
        if (line.StartsWith(':'))
            Comments++;
        else if (line.StartsWith("id: ", StringComparison.Ordinal))
            LastId = long.Parse(line["id: ".Length..], CultureInfo.InvariantCulture);
    }
}
