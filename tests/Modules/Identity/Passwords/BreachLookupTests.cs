using System.Collections.Concurrent;
using Kumiko.Identity.Passwords;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Kumiko.Identity.Tests.Passwords;

public sealed class BreachLookupTests : IAsyncLifetime
{
    // SHA-1 of 'password': 5BAA6 1E4C9B93F3F0682250B6CF8331B7EE68FD8.
    private const string Password = "password";
    private const string Ending = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";

    private readonly ConcurrentQueue<string> _asked = new();
    private WebApplication _service = null!;
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _service = builder.Build();
        _service.Run(http =>
        {
            _asked.Enqueue($"{http.Request.Path}{http.Request.QueryString} {http.Request.Headers["Add-Padding"]}");
            return _answer(http);
        });
        await _service.StartAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData($"0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n{Ending}:52256179\r\n", true)]
    [InlineData($"{Ending}:3", true)]
    [InlineData($"{Ending}:0\r\n", false)]
    [InlineData("0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n", false)]
    [InlineData("", false)]
    [InlineData("<html>", false)]
    public async Task A_password_is_known_if_the_answer_names_its_ending(string answer, bool isKnown)
    {
        _answer = http => http.Response.WriteAsync(answer, Cancellation);
        using var lookup = Lookup(_service.Urls.Single() + "/range/");

        Assert.Equal(isKnown, await lookup.ContainsAsync(Password, Cancellation));

        Assert.Equal(["/range/5BAA6 true"], _asked);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    [InlineData(429)]
    public async Task A_service_that_fails_lets_every_password_pass(int status)
    {
        _answer = http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/elsewhere";
            return http.Response.WriteAsync($"{Ending}:1", Cancellation);
        };
        using var lookup = Lookup(_service.Urls.Single() + "/range/");

        Assert.False(await lookup.ContainsAsync(Password, Cancellation));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_lets_every_password_pass()
    {
        _answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        using var lookup = Lookup(_service.Urls.Single() + "/range/");

        Assert.False(await lookup.ContainsAsync(Password, Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
    }

    [Fact]
    public async Task Without_the_setting_nobody_is_asked()
    {
        using var lookup = Lookup("");

        Assert.False(await lookup.ContainsAsync(Password, Cancellation));
        Assert.Empty(_asked);
    }

    private static BreachLookup Lookup(string address) =>
        new(
            new PasswordSettings(
                new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Identity:BreachLookup", (string?)address)]).Build()
            ),
            NullLogger<BreachLookup>.Instance
        );
}
