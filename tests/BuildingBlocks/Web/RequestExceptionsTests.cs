using System.Diagnostics;
using System.Text.Json;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Web;

public sealed class RequestExceptionsTests
{
    [Fact]
    public async Task A_500_contains_the_trace_id_under_which_its_cause_is_logged()
    {
        using var log = new TracedLog();
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log))
            .AddWebConventions()
            .BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext
        {
            RequestServices = services,
            Request = { Method = "GET", Path = "/api/broken" },
            Response = { Body = body },
        };
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        var handler = Assert.Single(services.GetServices<IExceptionHandler>());
        Assert.True(await handler.TryHandleAsync(http, new InvalidOperationException("the cause"), TestContext.Current.CancellationToken));

        var line = Assert.Single(log.Lines, line => line.Exception?.Message == "the cause");
        Assert.Equal("GET /api/broken failed", line.Text);
        var problem = JsonElement.Parse(body.ToArray());
        Assert.Equal(500, problem.GetProperty("status").GetInt32());
        Assert.Equal(line.Trace?.ToHexString(), problem.GetProperty("trace_id").GetString());
        Assert.Equal(line.Trace?.ToHexString(), http.Response.Headers["X-Trace-Id"]);
        Assert.DoesNotContain("the cause", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_disconnects_while_a_problem_is_written_is_not_an_error()
    {
        using var log = new TracedLog();
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log))
            .AddWebConventions()
            .BuildServiceProvider();
        using var connection = new CancellationTokenSource();
        await using var body = new ClosingStream(connection);
        var http = new DefaultHttpContext
        {
            RequestServices = services,
            RequestAborted = connection.Token,
            Response = { Body = body },
        };

        var handler = Assert.Single(services.GetServices<IExceptionHandler>());
        var unfinished = new BadHttpRequestException("Unexpected end of request content.");
        Assert.True(await handler.TryHandleAsync(http, unfinished, TestContext.Current.CancellationToken));

        Assert.True(connection.IsCancellationRequested);
        Assert.DoesNotContain(log.Lines, line => line.Exception is not null);
    }

    /// <summary>The body of a response whose client disconnects when the first byte is written.</summary>
    private sealed class ClosingStream(CancellationTokenSource connection) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await connection.CancelAsync();
            connection.Token.ThrowIfCancellationRequested();
        }
    }
}
