using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Infrastructure.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Security;

/// <summary>A process that reads Identity's key set over HTTP, with a clock that only the test advances.</summary>
internal sealed class VerifyingProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly LogKeeper _log = new();

    private VerifyingProcess(string keySet)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("Tokens:Issuer", TestKey.Issuer), new("Tokens:KeySet", keySet)]);
        builder
            .Logging.ClearProviders()
            .AddProvider(_log)
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Kumiko", LogLevel.Information)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(new TokenSettings(builder.Configuration, isApart: true));
        builder.Services.AddSingleton(new SecretKey(RandomNumberGenerator.GetBytes(32)));
        builder.Services.AddWebConventions().AddBearerTokens().AddRemoteTokenKeys();
        _app = builder.Build();
        _app.UseExceptionHandler();
        _app.UseStatusCodePages();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapGet("/protected", (HttpContext http) => CurrentUser.Of(http.User).Id).RequireAuthorization();
        _app.MapGet("/admin", (HttpContext http) => CurrentUser.Of(http.User).IsAdmin ? "yes" : "no").RequireAuthorization();
        _app.MapGet("/open", () => "open");
        _app.MapGet("/either", async (HttpContext http) => await http.FindUserAsync() is null ? "nobody" : "somebody");
        _app.MapHealthChecks("/health/ready");
    }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-11-24T12:00:00Z", null));

    public IReadOnlyCollection<(LogLevel Level, string Text)> Log => _log.Lines;

    public static async Task<VerifyingProcess> StartAsync(string keySet)
    {
        var process = new VerifyingProcess(keySet);
        await process._app.StartAsync();
        return process;
    }

    public async Task<HttpStatusCode> AskAsync(string path, TestKey? key)
    {
        using var answer = await SendAsync(path, key);
        return answer.StatusCode;
    }

    public Task<HttpResponseMessage> SendAsync(string path, TestKey? key) => SendAsync(path, key?.Sign(Clock.GetUtcNow()));

    public async Task<HttpResponseMessage> SendAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _app.Urls.Single() + path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<string> ReadAsync(string path) =>
        await _http.GetStringAsync(_app.Urls.Single() + path, TestContext.Current.CancellationToken);

    /// <summary>Waits for background work.</summary>
    public static async Task UntilAsync(Func<Task<bool>> hoped)
    {
        var clock = Stopwatch.StartNew();
        while (!await hoped())
        {
            Assert.True(clock.Elapsed < Patience, "It did not happen.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _log.Dispose();
    }

    private sealed class LogKeeper : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(LogLevel, string)> _lines = [];

        public IReadOnlyCollection<(LogLevel, string)> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => _lines.Enqueue((logLevel, formatter(state, exception)));

        public void Dispose() { }
    }
}
