using System.Collections.Concurrent;
using System.Diagnostics;

namespace Kumiko.Contract.Containers;

/// <summary>Runs after the rest of the suite, because it replaces the containers that the other tests use.</summary>
[CollectionDefinition(nameof(SwitchTests), DisableParallelization = true)]
[Collection(nameof(SwitchTests))]
public class SwitchTests(RunningKumiko kumiko, ITestOutputHelper output)
{
    [Fact]
    public async Task Switching_topology_under_load_fails_no_request_and_loses_no_write()
    {
        var (alice, written, waits, failures, reads) = (
            await kumiko.NewPersonAsync(),
            new ConcurrentDictionary<long, string>(),
            new ConcurrentQueue<TimeSpan>(),
            new ConcurrentQueue<string>(),
            0
        );
        using var enough = new CancellationTokenSource();
        Task[] load =
        [
            UnderLoad(WriteAsync),
            UnderLoad(WriteAsync),
            UnderLoad(async () =>
            {
                (await kumiko.Anyone.GetAsync("/api/crud/posts?limit=5")).Is(200);
                (await alice.GetAsync("/api/auth/me")).Is(200);
                Interlocked.Increment(ref reads);
            }),
        ];

        await ComposeProject.Running.JoinAsync();
        var joined = written.Count;
        await IsWrittenAsync(joined + 30);
        output.WriteLine($"Longest wait of a write while the modules were joined: {Longest()}");
        Assert.Equal(["auth-frontend", "caddy", "crud-frontend", "kumiko", "mysql"], await ComposeProject.Running.ServicesAsync());

        // An event that Identity sends while joined reaches Posts by another transport.
        var renamed = Person.UniqueName("joined");
        (await alice.PatchAsync("/api/auth/me", new { username = renamed })).Is(200);
        await HasAuthorAsync(renamed);

        await ComposeProject.Running.CutAsync();
        await IsWrittenAsync(written.Count + 30);
        output.WriteLine($"Longest wait of a write while they came apart: {Longest()}");
        Assert.Equal(
            ["auth-frontend", "caddy", "crud-frontend", "identity", "mysql", "nats", "posts"],
            await ComposeProject.Running.ServicesAsync()
        );
        renamed = Person.UniqueName("apart");
        (await alice.PatchAsync("/api/auth/me", new { username = renamed })).Is(200);
        await HasAuthorAsync(renamed);

        await enough.CancelAsync();
        await Task.WhenAll(load);
        output.WriteLine($"{written.Count} writes and {reads} rounds of reads, {failures.Count} failed");
        Assert.True(failures.IsEmpty, $"{failures.Count} requests failed, such as {failures.FirstOrDefault()}");
        foreach (var (id, content) in written)
            Assert.Equal(content, (await kumiko.Anyone.GetAsync($"/api/crud/posts/{id}")).Is(200).Content);

        async Task WriteAsync()
        {
            var sent = Stopwatch.GetTimestamp();
            var answer = await alice.WriteAsync($"{Guid.NewGuid():N}");
            waits.Enqueue(Stopwatch.GetElapsedTime(sent));
            written[answer.Id] = answer.Content!;
        }

        string Longest()
        {
            var longest = waits.Max();
            waits.Clear();
            return $"{longest.TotalMilliseconds:N0} ms";
        }

        Task UnderLoad(Func<Task> request) =>
            Task.Run(async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    try
                    {
                        await request();
                    }
                    catch (Exception e) when (e is HttpRequestException or Xunit.Sdk.XunitException)
                    {
                        failures.Enqueue($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {e.Message}");
                    }

                    await Task.Delay(30, TestContext.Current.CancellationToken);
                }
            });

        Task IsWrittenAsync(int count) => Eventually.IsAsync(() => Task.FromResult(written.Count), now => now >= count);

        async Task HasAuthorAsync(string name)
        {
            var (id, _) = written.First();
            await Eventually.IsAsync(
                () => kumiko.Anyone.GetAsync($"/api/crud/posts/{id}"),
                answer => answer.Is(200)["username"].GetString() == name
            );
        }
    }
}
