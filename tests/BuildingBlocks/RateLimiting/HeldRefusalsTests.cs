using Kumiko.BuildingBlocks.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.RateLimiting;

public sealed class HeldRefusalsTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _clock = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly HeldRefusals _refusals;

    public HeldRefusalsTests() => _refusals = new HeldRefusals(_lifetime, _clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_is_refused_often_waits_and_another_does_not()
    {
        var held = Hold("hostile", 20);

        Assert.True(_refusals.HoldAsync("honest", Cancellation).IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.All(held, refusal => Assert.False(refusal.IsCompleted));
        _clock.Advance(Longest);
        await Task.WhenAll(held);
    }

    [Fact]
    public async Task Refusals_that_wait_together_are_sent_apart()
    {
        var held = Hold("hostile", 100);
        _clock.Advance(Longest * 0.75);
        await Task.WhenAny(held);
        Assert.Contains(held, refusal => !refusal.IsCompleted);
    }

    [Fact]
    public async Task One_client_holds_a_limited_number_and_all_together_too()
    {
        var held = new List<Task>();
        for (var client = 0; client < HeldRefusals.Max / HeldRefusals.MaxPerClient; client++)
        {
            held.AddRange(Hold($"hostile {client}", HeldRefusals.MaxPerClient));
            Assert.True(IsNeverHeld($"hostile {client}"));
        }

        Assert.True(IsNeverHeld("one more"));
        _clock.Advance(Longest);
        await Task.WhenAll(held);
        Hold("one more", 1);
    }

    [Fact]
    public async Task A_client_that_disconnects_frees_its_place()
    {
        using var connection = new CancellationTokenSource();
        Hold("hostile", HeldRefusals.MaxPerClient - 1);
        var gone = HoldMore("hostile", 1, connection.Token).Single();
        Assert.True(IsNeverHeld("hostile"));

        await connection.CancelAsync();
        await gone;
        HoldMore("hostile", 1);
    }

    [Fact]
    public async Task A_host_that_stops_holds_nothing()
    {
        var held = Hold("hostile", 1);
        _lifetime.StopApplication();
        await Task.WhenAll(held);
        Assert.True(IsNeverHeld("hostile"));
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(403, false)]
    public void Only_refusals_are_held(int status, bool isHeld)
    {
        var http = new DefaultHttpContext();
        http.Response.StatusCode = status;
        Assert.Equal(isHeld, Enumerable.Range(0, 11).Any(_ => !_refusals.HoldAsync(http).IsCompleted));
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public async Task Nothing_waits_for_a_response_while_limits_are_off(string enabled, int callbacks)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("RateLimits:Enabled", enabled)]).Build();
        await using var services = new ServiceCollection()
            .AddSingleton(new RateLimitSettings(configuration))
            .AddSingleton(_refusals)
            .BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        app.UseHeldRefusals();
        app.Run(_ => Task.CompletedTask);
        var response = new Response();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseFeature>(response);
        var limit = new RateLimit("limit", "RateLimits:Limit", 1, TimeSpan.FromMinutes(1), RateLimitKey.Address, "Too often.");
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new RateLimitedMetadata(limit)), null));

        await app.Build()(http);

        Assert.Equal(callbacks, response.Callbacks);
    }

    // Uses up what is sent at once in this second, and then this many wait.
    private List<Task> Hold(string client, int count)
    {
        for (var n = 0; n < HeldRefusals.PromptPerSecond; n++)
            Assert.True(_refusals.HoldAsync(client, Cancellation).IsCompleted);
        return HoldMore(client, count);
    }

    private List<Task> HoldMore(string client, int count, CancellationToken? aborted = null)
    {
        var held = Enumerable.Range(0, count).Select(_ => _refusals.HoldAsync(client, aborted ?? Cancellation)).ToList();
        Assert.All(held, refusal => Assert.False(refusal.IsCompleted));
        return held;
    }

    private bool IsNeverHeld(string client) => Enumerable.Range(0, 20).All(_ => _refusals.HoldAsync(client, Cancellation).IsCompleted);

    private sealed class Response : HttpResponseFeature
    {
        public int Callbacks { get; private set; }

        public override void OnStarting(Func<object, Task> callback, object state) => Callbacks++;
    }
}
