using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Posts.Search;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Kumiko.Posts.Tests.Search;

public sealed class SearchLimiterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Few_searches_run_at_once_and_one_address_gets_a_share_of_them()
    {
        var lane = Lane(("RateLimits:Searches", "3"), ("RateLimits:SearchesPerAddress", "2"));
        using var first = (await lane.EnterAsync("192.0.2.1", Cancellation)).Value;
        using var second = (await lane.EnterAsync("192.0.2.1", Cancellation)).Value;
        // After a second, since neither of the two ends.
        var refused = (await lane.EnterAsync("192.0.2.1", Cancellation)).FirstError;
        Assert.Equal(503, refused.NumericType);
        Assert.True(refused.Metadata!.ContainsKey("retry_after"));

        using var neighbour = (await lane.EnterAsync("192.0.2.2", Cancellation)).Value;
        var waiting = lane.EnterAsync("192.0.2.3", Cancellation).AsTask();
        first.Dispose();
        Assert.False((await waiting).IsError);
    }

    [Fact]
    public async Task All_searches_run_at_once_when_limits_are_off()
    {
        var lane = Lane(("RateLimits:Enabled", "false"), ("RateLimits:Searches", "1"));
        for (var n = 0; n < 100; n++)
            Assert.False((await lane.EnterAsync("192.0.2.1", Cancellation)).IsError);
    }

    private static SearchLimiter Lane(params (string Name, string Value)[] settings) =>
        new(
            new RateLimitSettings(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value))
                    .Build()
            )
        );
}
