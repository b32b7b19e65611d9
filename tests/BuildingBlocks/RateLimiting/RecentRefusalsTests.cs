using System.Security.Claims;
using ErrorOr;
using Kumiko.BuildingBlocks.Failures;
using Kumiko.BuildingBlocks.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.RateLimiting;

public sealed class RecentRefusalsTests
{
    private readonly FakeTimeProvider _clock = new();

    private static readonly RateLimit Posts = Limit("posts", RateLimitKey.User);

    [Fact]
    public void A_refusal_is_for_one_token_and_one_limit()
    {
        using var refusals = new RecentRefusals(_clock);
        var refused = Request("Bearer one");
        refusals.Add(refused, Posts, Refusal(TimeSpan.FromMinutes(1)));

        Assert.Same(refused.User, refusals.Find(Request("Bearer one"), Posts)?.User);
        Assert.Null(refusals.Find(Request("Bearer two"), Posts));
        Assert.Null(refusals.Find(Request("Bearer one"), Limit("changes", RateLimitKey.User)));
    }

    [Fact]
    public void A_refusal_says_how_long_it_still_lasts_and_ends_when_the_quota_is_replenished()
    {
        using var refusals = new RecentRefusals(_clock);
        refusals.Add(Request("Bearer one"), Posts, Refusal(TimeSpan.FromMinutes(1)));

        _clock.Advance(TimeSpan.FromSeconds(45));
        var error = refusals.Find(Request("Bearer one"), Posts)!.Error;
        Assert.Equal(TimeSpan.FromSeconds(15), error.Metadata!["retry_after"]);
        _clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Null(refusals.Find(Request("Bearer one"), Posts));
    }

    [Fact]
    public void A_refusal_of_too_many_at_once_is_not_kept()
    {
        using var refusals = new RecentRefusals(_clock);
        refusals.Add(Request("Bearer one"), Posts, Refusal(wait: null));

        Assert.Null(refusals.Find(Request("Bearer one"), Posts));
    }

    // Who shares an address may have another token, or none.
    [Fact]
    public void A_refusal_of_an_address_is_not_kept()
    {
        using var refusals = new RecentRefusals(_clock);
        var searches = Limit("searches", RateLimitKey.Address);
        refusals.Add(Request(""), searches, Refusal(TimeSpan.FromMinutes(1)));

        Assert.Null(refusals.Find(Request(""), searches));
    }

    private static RateLimit Limit(string name, RateLimitKey by) =>
        new(name, $"RateLimits:{name}", 60, TimeSpan.FromMinutes(1), by, "Too many.");

    private static Error Refusal(TimeSpan? wait) =>
        Errors.TooManyRequests("Too many.", new RateLimitState("posts", 60, TimeSpan.FromMinutes(1), 0, wait));

    private static DefaultHttpContext Request(string authorization)
    {
        var http = new DefaultHttpContext { User = new ClaimsPrincipal() };
        http.Request.Headers.Authorization = authorization;
        return http;
    }
}
