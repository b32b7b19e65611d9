using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace Kumiko.Contract.Hosting.Fuzz;

/// <summary>
/// Thousands of malformed requests to every endpoint in the Host's documents. <c>KUMIKO_FUZZ</c> sets how many, <c>KUMIKO_FUZZ_SEED</c>
/// repeats a run.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int Lanes = 8;

    [Fact]
    public async Task Malformed_requests_break_leak_and_lose_nothing()
    {
        var requests = Setting("KUMIKO_FUZZ") ?? 500;
        var seed = Setting("KUMIKO_FUZZ_SEED") ?? Random.Shared.Next();
        output.WriteLine($"{requests} requests from seed {seed}");
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        // The rejections here are not described by any operation. The fuzz test has its own rules for every answer.
        using var caller = new Caller(host.Address) { IsDescribed = false };
        var witness = await Person.JoinAsync(caller, "witness");
        var kept = new List<Answer>();
        for (var n = 0; n < 25; n++)
            kept.Add(await witness.WriteAsync($"証言 {n} 👁 of {witness.Username}"));
        var tagOfWitness = (await witness.GetAsync("/api/auth/me")).Is(200).ETag;
        var operations = await Operation.AllOfAsync(caller);
        Assert.NotEmpty(operations);

        var complaints = new ConcurrentDictionary<string, string>();
        var asked = await Task.WhenAll(
            Enumerable
                .Range(0, Lanes)
                .Select(lane =>
                    Task.Run(() =>
                        LaneAsync(caller, operations, new Random(unchecked(seed + lane)), requests / Lanes, kept, tagOfWitness, complaints)
                    )
                )
        );

        foreach (var (status, count) in asked.SelectMany(statuses => statuses).CountBy(status => status).OrderBy(pair => pair.Key))
            output.WriteLine($"{status}: {count}");
        Assert.False(host.HasEnded, host.Log);
        foreach (var post in kept)
        {
            var read = (await caller.GetAsync($"/api/crud/posts/{post.Id}")).Is(200);
            Assert.Equal(post.Content, read.Content);
            Assert.Equal(post["updated_at"].GetString(), read["updated_at"].GetString());
        }

        (await caller.PostAsync("/api/auth/login", new { email = witness.Email, password = witness.Password })).Is(200);
        Assert.Equal(0, await host.StopAsync());
        HostLog.HoldsNothingPrivate(host.Log);
        Assert.True(complaints.IsEmpty, $"Seed {seed}, {complaints.Count} kinds of failure:\n{string.Join("\n\n", complaints.Values)}");
        HostLog.HoldsNoUnhandledError(host.Log);
    }

    private static async Task<List<int>> LaneAsync(
        Caller caller,
        IReadOnlyList<Operation> operations,
        Random random,
        int requests,
        List<Answer> kept,
        string tagOfWitness,
        ConcurrentDictionary<string, string> complaints
    )
    {
        var statuses = new List<int>();
        var person = await Person.JoinAsync(caller, "fuzzer");
        for (var n = 0; n < requests; n++)
        {
            // Now and then a request succeeds and ends the session or the account. A new person then continues.
            if (n % 50 == 49 && (await person.GetAsync("/api/auth/me")).Status == 401)
                person = await Person.JoinAsync(caller, "fuzzer");

            if (random.Next(20) == 0)
            {
                try
                {
                    await RawRequest.SendAsync(caller.Address, random);
                }
                catch (Exception e) when (e is Xunit.Sdk.XunitException or SocketException or OperationCanceledException)
                {
                    complaints.TryAdd($"raw {e.GetType()}", e.Message);
                }

                continue;
            }

            var operation = operations[random.Next(operations.Count)];
            using var malformed = new MalformedRequest(operation, random, person, kept[random.Next(kept.Count)], tagOfWitness);
            try
            {
                var answer = await malformed.SendAsync(caller);
                statuses.Add(answer.Status);
                Assert.True(answer.Status < 500, $"{answer}");
                if (answer.Status == 304 && !malformed.KnowsAnyVersion)
                    Assert.NotEqual("/api/auth/me", operation.Path);
                if (answer.Status >= 400 && !malformed.IsRejectedByServer && !malformed.IsForHeadersOnly)
                    answer.IsProblem(answer.Status);
                else
                    answer.LeaksNothing();
            }
            catch (HttpRequestException e) when (malformed.MayBeCutOff && e.InnerException is IOException)
            {
                // The answer is lost, which is nobody's fault but the request's.
            }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or InvalidOperationException or JsonException or HttpRequestException)
            {
                // One example of each kind is enough; the run continues to find the others.
                complaints.TryAdd(
                    $"{operation.Method} {operation.Path} {e.GetType()}",
                    $"{malformed}\n{e.Message} {e.InnerException?.Message}"
                );
            }
        }

        return statuses;
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
