using Kumiko.BuildingBlocks.Data;
using Kumiko.Posts.Features.StreamPosts;
using Kumiko.Posts.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Kumiko.Posts.Tests.Streaming;

/// <summary>However a stream ends, its seat is free for the next one.</summary>
public sealed class StreamSeatTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_seat_that_is_given_back_twice_is_one_seat()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var feed = module.Get<ChangeFeed>();
        var seats = FreeSeats(feed);
        using var other = feed.TryAcquireSeat();
        var seat = feed.TryAcquireSeat()!;
        Assert.Equal(seats - 2, FreeSeats(feed));
        seat.Dispose();
        seat.Dispose();
        Assert.Equal(seats - 1, FreeSeats(feed));
    }

    [Fact]
    public async Task A_stream_that_finds_no_seat_takes_none()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var taken = TakeAll(module.Get<ChangeFeed>());
        var stream = new StreamRequest(module);
        await stream.EndAsync();
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, stream.Status);

        taken.ForEach(seat => seat.Dispose());
        Assert.Equal(taken.Count, FreeSeats(module.Get<ChangeFeed>()));
    }

    [Fact]
    public Task A_stream_gives_its_seat_back_when_the_client_leaves() => GivesBackAfterAsync((stream, _) => stream.LeaveAsync());

    [Fact]
    public Task A_stream_gives_its_seat_back_when_the_host_stops() =>
        GivesBackAfterAsync(
            (_, module) =>
            {
                module.Get<IHostApplicationLifetime>().StopApplication();
                return Task.CompletedTask;
            }
        );

    [Fact]
    public async Task A_stream_gives_its_seat_back_when_the_client_left_before_the_headers()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var seats = FreeSeats(module.Get<ChangeFeed>());
        var stream = new StreamRequest(module);
        await stream.LeaveAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(stream.EndAsync);
        Assert.Equal(seats, FreeSeats(module.Get<ChangeFeed>()));
    }

    [Fact]
    public async Task A_stream_gives_its_seat_back_when_the_host_was_stopping_before_it()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var seats = FreeSeats(module.Get<ChangeFeed>());
        module.Get<IHostApplicationLifetime>().StopApplication();
        await new StreamRequest(module).EndAsync();
        Assert.Equal(seats, FreeSeats(module.Get<ChangeFeed>()));
    }

    [Fact]
    public async Task A_stream_gives_its_seat_back_when_the_database_fails()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var seats = FreeSeats(module.Get<ChangeFeed>());
        await module.OnDatabaseAsync("drop table post_change_counter");
        await Assert.ThrowsAnyAsync<Exception>(new StreamRequest(module).EndAsync);
        Assert.Equal(seats, FreeSeats(module.Get<ChangeFeed>()));
    }

    [Fact]
    public async Task A_stream_gives_its_seat_back_when_the_connection_breaks()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var seats = FreeSeats(module.Get<ChangeFeed>());
        var stream = new StreamRequest(module) { Breaks = true };
        await Assert.ThrowsAsync<IOException>(stream.EndAsync);
        Assert.Equal(seats, FreeSeats(module.Get<ChangeFeed>()));
    }

    [Fact]
    public async Task A_request_for_the_headers_alone_gives_its_seat_back()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var seats = FreeSeats(module.Get<ChangeFeed>());
        var stream = new StreamRequest(module, HttpMethods.Head);
        await stream.EndAsync();
        Assert.Equal(StatusCodes.Status200OK, stream.Status);
        Assert.Equal(seats, FreeSeats(module.Get<ChangeFeed>()));
    }

    private static async Task GivesBackAfterAsync(Func<StreamRequest, TestModule, Task> endAsync)
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var seats = FreeSeats(module.Get<ChangeFeed>());
        var stream = new StreamRequest(module);
        var ended = stream.EndAsync();
        await stream.BegunAsync();
        Assert.Equal(seats - 1, FreeSeats(module.Get<ChangeFeed>()));

        await endAsync(stream, module);
        await ended;
        Assert.Equal(seats, FreeSeats(module.Get<ChangeFeed>()));
    }

    private static int FreeSeats(ChangeFeed feed)
    {
        var taken = TakeAll(feed);
        taken.ForEach(seat => seat.Dispose());
        return taken.Count;
    }

    private static List<IDisposable> TakeAll(ChangeFeed feed)
    {
        var taken = new List<IDisposable>();
        while (feed.TryAcquireSeat() is { } seat)
            taken.Add(seat);
        return taken;
    }

    /// <summary>A request for the stream, from the endpoint on.</summary>
    private sealed class StreamRequest : MemoryStream
    {
        private readonly CancellationTokenSource _leaving = new();
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly RequestDelegate _answer;
        private readonly HttpContext _http;

        public StreamRequest(TestModule module, string? method = null)
        {
            var services = module.Get<IServiceProvider>();
            var routes = new Routes(services);
            new StreamPostsEndpoint().AddRoutes(routes);
            _answer = routes.DataSources.Single().Endpoints.Single().RequestDelegate!;
            _http = new DefaultHttpContext { RequestServices = services, RequestAborted = _leaving.Token };
            _http.Request.Method = method ?? HttpMethods.Get;
            _http.Response.Body = this;
        }

        public bool Breaks { get; init; }

        public int Status => _http.Response.StatusCode;

        public Task EndAsync() => _answer(_http).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        public Task BegunAsync() => _begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        public Task LeaveAsync() => _leaving.CancelAsync();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _begun.TrySetResult();
            return Breaks ? throw new IOException("The connection broke.") : base.WriteAsync(buffer, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            _leaving.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
