using System.Diagnostics;

namespace Kumiko.Chaos;

/// <summary>Clients that write, and retry until they are answered, whatever happens to Kumiko in the meantime.</summary>
/// <param name="anyone">The client for Kumiko.</param>
/// <param name="ledger">Where the clients record what was acknowledged.</param>
/// <param name="enough">Stops the clients, each after its last write was acknowledged and took effect.</param>
public sealed class Writers(Caller anyone, Ledger ledger, CancellationToken enough)
{
    private readonly Retries _retries = new(ledger);

    public async Task WriteAsync()
    {
        var author = await JoinAsync("writer");
        ledger.Names[author.Id] = author.Username;
        while (!enough.IsCancellationRequested)
        {
            var (id, content) = await PostAsync(author);
            ledger.Posts[id] = content;
            await Task.Delay(40, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Changes names, one after the other.</summary>
    public async Task RenameAsync()
    {
        var author = await JoinAsync("renamer");
        var (post, content) = await PostAsync(author);
        ledger.Posts[post] = content;
        while (!enough.IsCancellationRequested)
        {
            var name = Person.UniqueName("renamed");
            await _retries.UntilAsync(() => author.PatchAsync("/api/auth/me", new { username = name }), answer => answer.Status == 200);
            ledger.Acknowledge();
            ledger.Names[author.Id] = name;
            var clock = Stopwatch.StartNew();
            await _retries.UntilAsync(
                () => anyone.GetAsync($"/api/crud/posts/{post}"),
                answer => answer.Status == 200 && answer["username"].GetString() == name
            );
            ledger.Converged(clock.Elapsed);
        }
    }

    /// <summary>Registers, writes and deletes the account, repeatedly.</summary>
    public async Task LeaveAsync()
    {
        while (!enough.IsCancellationRequested)
        {
            var leaver = await JoinAsync("leaver");
            for (var n = 0; n < 2; n++)
            {
                var (id, content) = await PostAsync(leaver);
                ledger.PostsOfTheDeleted[id] = content;
            }

            // The answer may be lost. A 401 then means that the previous request deleted the account.
            await _retries.UntilAsync(
                () => leaver.DeleteAsync("/api/auth/me", new { password = leaver.Password }),
                answer => answer.Status is 204 or 401
            );
            ledger.Acknowledge();
            ledger.Deleted[leaver.Id] = leaver.Username;
            var clock = Stopwatch.StartNew();
            await _retries.UntilAsync(
                () => anyone.GetAsync($"/api/crud/posts?user_id={leaver.Id}"),
                answer => answer.Status == 200 && answer.Items.Count == 0
            );
            ledger.Converged(clock.Elapsed);
        }
    }

    /// <summary>Reads lists and posts without retrying, and records what was down when a read failed.</summary>
    public async Task ReadAsync(Func<string> down)
    {
        while (!enough.IsCancellationRequested)
        {
            var before = down();
            try
            {
                var answer = await anyone.GetAsync("/api/crud/posts?limit=5");
                if (answer.Status != 200)
                    ledger.FailedReads.Enqueue(($"{before}, {down()}", $"{answer}"));
                else
                    ledger.Reads.AddOrUpdate(before, 1, (_, count) => count + 1);
            }
            catch (HttpRequestException e)
            {
                ledger.FailedReads.Enqueue(($"{before}, {down()}", e.Message));
            }

            await Task.Delay(40, TestContext.Current.CancellationToken);
        }
    }

    private async Task<(long Id, string Content)> PostAsync(Person author)
    {
        var (content, key) = ($"{Guid.NewGuid():N}", $"{Guid.NewGuid():N}");
        var answer = await _retries.UntilAsync(
            () => author.PostAsync("/api/crud/posts", new { content }, ("Idempotency-Key", key)),
            answer => answer.Status == 201
        );
        ledger.Acknowledge();
        return (answer.Id, content);
    }

    private async Task<Person> JoinAsync(string name)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                // A lost answer leaves an unused account; the next attempt takes another name.
                return await Person.JoinAsync(anyone, name);
            }
            catch (Exception e) when (e is HttpRequestException or Xunit.Sdk.XunitException && clock.Elapsed < Retries.Patience)
            {
                ledger.Retry();
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
        }
    }
}
