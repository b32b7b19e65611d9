using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Failures;
using Kumiko.BuildingBlocks.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.RateLimiting;

public sealed class RateLimitsTests
{
    private static readonly RateLimit Apples = new(
        "apples",
        "RateLimits:Apples",
        3,
        TimeSpan.FromHours(1),
        RateLimitKey.Handler,
        "Too many apples."
    );
    private static readonly RateLimit Pears = new(
        "pears",
        "RateLimits:Pears",
        3,
        TimeSpan.FromMinutes(1),
        RateLimitKey.Handler,
        "Too many pears."
    );
    private static readonly RateLimit Guests = new("guests", "RateLimits:Guests", 2, null, RateLimitKey.Handler, "Too many guests.");

    [Fact]
    public void Only_callers_over_their_quota_are_refused()
    {
        using var services = Services();
        var limits = services.GetRequiredService<RateLimits>();
        for (var n = 0; n < 3; n++)
            Assert.False(limits.Acquire(Apples, "anne").IsError);

        var refused = limits.Acquire(Apples, "anne");
        Assert.Equal(429, refused.FirstError.NumericType);
        Assert.False(limits.Acquire(Apples, "bert").IsError);
    }

    [Fact]
    public void A_returned_place_is_free_again()
    {
        using var services = Services();
        var limits = services.GetRequiredService<RateLimits>();
        using var first = limits.Acquire(Guests, "anne").Value;
        using var second = limits.Acquire(Guests, "anne").Value;
        Assert.True(limits.Acquire(Guests, "anne").IsError);
        second!.Dispose();
        Assert.False(limits.Acquire(Guests, "anne").IsError);
    }

    [Fact]
    public void The_setting_is_the_quota()
    {
        using var services = Services(("RateLimits:Apples", "1"));
        var limits = services.GetRequiredService<RateLimits>();
        Assert.False(limits.Acquire(Apples, "anne").IsError);
        Assert.True(limits.Acquire(Apples, "anne").IsError);
    }

    [Fact]
    public void A_quota_can_be_any_number()
    {
        using var services = Services(("RateLimits:Pears", $"{int.MaxValue}"));
        Assert.False(services.GetRequiredService<RateLimits>().Acquire(Pears, "anne").IsError);
    }

    [Fact]
    public void No_limit_applies_when_limits_are_off()
    {
        using var services = Services(("RateLimits:Enabled", "false"));
        var limits = services.GetRequiredService<RateLimits>();
        for (var n = 0; n < 10; n++)
            Assert.Null(limits.Acquire(Apples, "anne").Value);
    }

    [Theory]
    [InlineData("RateLimits:Apples", "0")]
    [InlineData("RateLimits:Apples", "-1")]
    [InlineData("RateLimits:Apples", "many")]
    [InlineData("RateLimits:Enabled", "perhaps")]
    public void An_invalid_limit_stops_the_start(string setting, string value)
    {
        var failure = Assert.Throws<InvalidSettingException>(() => Services((setting, value)).Dispose());
        Assert.Contains(setting, failure.Message, StringComparison.Ordinal);
        Assert.Contains(value, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_the_limit_and_when_to_retry()
    {
        var headers = new HeaderDictionary();
        new RateLimitState("apples", 3, TimeSpan.FromHours(1), Remaining: 0, Reset: TimeSpan.FromMinutes(20)).WriteTo(headers);
        Assert.Equal("\"apples\";q=3;w=3600", headers["RateLimit-Policy"]);
        Assert.Equal("\"apples\";r=0;t=1200", headers["RateLimit"]);
    }

    private static ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value))
            .Build();
        return new ServiceCollection().AddRateLimits(configuration, Apples, Pears, Guests).BuildServiceProvider();
    }
}
