using System.Net;
using Kumiko.BuildingBlocks.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.RateLimiting;

public sealed class RequestTurnsTests
{
    private const string Hostile = "192.0.2.66";
    private const string Honest = "192.0.2.1";

    // Those that have begun, and those that end when the test says so.
    private readonly List<HttpContext> _begun = [];
    private readonly TaskCompletionSource _end = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_client_with_many_requests_waits_and_another_does_not()
    {
        var app = App();
        var hostile = Send(app, Hostile, 300);
        Assert.Equal(2, _begun.Count);

        var honest = Send(app, Honest, 1);
        Assert.Equal(3, _begun.Count);

        _end.SetResult();
        await Task.WhenAll([.. hostile, .. honest]);
        Assert.Equal(301, _begun.Count);
    }

    [Fact]
    public async Task Many_clients_together_wait_as_well()
    {
        var app = App();
        var hostile = Enumerable.Range(1, 10).SelectMany(n => Send(app, $"198.51.100.{n}", 1)).ToList();
        Assert.Equal(4, _begun.Count);

        _end.SetResult();
        await Task.WhenAll(hostile);
    }

    [Fact]
    public async Task A_request_that_takes_long_makes_room_for_the_next()
    {
        var hostile = Send(App(), Hostile, 3);
        Assert.Equal(2, _begun.Count);

        _clock.Advance(TimeSpan.FromMilliseconds(99));
        await Task.Yield();
        Assert.Equal(2, _begun.Count);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await Until(3);

        _end.SetResult();
        await Task.WhenAll(hostile);
    }

    [Fact]
    public async Task A_response_that_begins_makes_room_for_the_next_request()
    {
        var hostile = Send(App(), Hostile, 3);

        await _begun[0].Response.StartAsync(TestContext.Current.CancellationToken);
        await Until(3);

        _end.SetResult();
        await Task.WhenAll(hostile);
    }

    [Fact]
    public async Task A_request_whose_client_left_never_begins()
    {
        var app = App();
        var hostile = Send(app, Hostile, 2);
        using var connection = new CancellationTokenSource();
        var left = app(Request(Hostile, connection.Token));

        await connection.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _end.SetResult();
        await Task.WhenAll(hostile);
        Assert.Equal(2, _begun.Count);
    }

    [Fact]
    public async Task Nobody_waits_while_limits_are_off()
    {
        var all = Send(App(("RateLimits:Enabled", "false")), Hostile, 300);
        Assert.Equal(300, _begun.Count);

        _end.SetResult();
        await Task.WhenAll(all);
    }

    private RequestDelegate App(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?> { ["Limits:Requests"] = "4", ["Limits:RequestsPerAddress"] = "2" };
        foreach (var (name, value) in more)
            settings[name] = value;
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_clock);
        services.AddRateLimits(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        var app = new ApplicationBuilder(services.BuildServiceProvider());
        app.UseRequestTurns();
        app.Run(async http =>
        {
            lock (_begun)
                _begun.Add(http);
            await _end.Task;
        });
        return app.Build();
    }

    private static List<Task> Send(RequestDelegate app, string address, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => app(Request(address, TestContext.Current.CancellationToken)))];

    private static DefaultHttpContext Request(string address, CancellationToken aborted)
    {
        var http = new DefaultHttpContext { RequestAborted = aborted };
        var response = new Response();
        http.Features.Set<IHttpResponseFeature>(response);
        http.Features.Set<IHttpResponseBodyFeature>(response);
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return http;
    }

    // A request whose turn comes begins on another thread.
    private async Task Until(int begun)
    {
        while (true)
        {
            lock (_begun)
            {
                if (_begun.Count >= begun)
                    break;
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Equal(begun, _begun.Count);
    }

    private sealed class Response() : StreamResponseBodyFeature(Stream.Null), IHttpResponseFeature
    {
        private Func<Task> _starting = () => Task.CompletedTask;

        public int StatusCode { get; set; } = 200;

        public string? ReasonPhrase { get; set; }

        public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

        public Stream Body
        {
            get => Stream;
            set => throw new NotSupportedException();
        }

        public bool HasStarted { get; private set; }

        public void OnStarting(Func<object, Task> callback, object state) => _starting = () => callback(state);

        public void OnCompleted(Func<object, Task> callback, object state) { }

        public override async Task StartAsync(CancellationToken cancellationToken = default)
        {
            HasStarted = true;
            await _starting();
        }
    }
}
