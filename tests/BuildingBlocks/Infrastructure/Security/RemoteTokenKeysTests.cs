using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Kumiko.BuildingBlocks.Tests.Security;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Infrastructure.Security;

public sealed class RemoteTokenKeysTests
{
    private const string Protected = "/protected";
    private const string Open = "/open";
    private const string Ready = "/health/ready";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_verified_with_published_keys_only()
    {
        await using var identity = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);
        using var impostor = new TestKey(identity.Key.Id);

        Assert.Equal(HttpStatusCode.OK, await process.AskAsync(Protected, identity.Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await process.AskAsync(Protected, impostor));
    }

    [Fact]
    public async Task A_new_key_is_used_immediately()
    {
        await using var identity = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);
        await process.AskAsync(Protected, identity.Key);
        process.Clock.Advance(TimeSpan.FromSeconds(5));

        identity.PublishAnother();

        Assert.Equal(HttpStatusCode.OK, await process.AskAsync(Protected, identity.Key));
    }

    [Fact]
    public async Task A_withdrawn_key_is_refused_after_two_seconds()
    {
        await using var identity = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);
        using var old = identity.Key;
        await process.AskAsync(Protected, old);
        identity.PublishAnother();

        process.Clock.Advance(TimeSpan.FromSeconds(2));
        await VerifyingProcess.UntilAsync(async () => await process.AskAsync(Protected, old) == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Junk_tokens_cause_one_request_in_five_seconds_and_delay_a_new_key_no_longer()
    {
        await using var identity = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);
        await process.AskAsync(Protected, identity.Key);
        process.Clock.Advance(TimeSpan.FromSeconds(5));

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(async i =>
                {
                    using var junk = new TestKey($"junk {i}");
                    return await process.AskAsync(Protected, junk);
                })
        );
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer));
        // One for the first token, and one that was due anyway.
        Assert.InRange(identity.Asked, 2, 3);
        var asked = identity.Asked;

        identity.PublishAnother();
        process.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.OK, await process.AskAsync(Protected, identity.Key));
        Assert.InRange(identity.Asked, asked + 1, asked + 2);
    }

    [Fact]
    public async Task While_Identity_is_unreachable_cached_keys_work_and_one_line_is_logged()
    {
        await using var identity = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);
        await process.AskAsync(Protected, identity.Key);

        identity.Answers = IssuingProcess.Answer.Failure;
        process.Clock.Advance(TimeSpan.FromMinutes(5));
        await VerifyingProcess.UntilAsync(() => Task.FromResult(process.Log.Any(line => line.Level == LogLevel.Warning)));
        for (var i = 0; i < 5; i++)
        {
            process.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(HttpStatusCode.OK, await process.AskAsync(Protected, identity.Key));
        }

        Assert.Equal("Degraded", await process.ReadAsync(Ready));
        Assert.Single(process.Log, line => line.Level == LogLevel.Warning);
        Assert.DoesNotContain(process.Log, line => line.Level > LogLevel.Warning);

        identity.Answers = IssuingProcess.Answer.Keys;
        await VerifyingProcess.UntilAsync(async () =>
        {
            process.Clock.Advance(TimeSpan.FromSeconds(1));
            return await process.ReadAsync(Ready) == "Healthy";
        });
        Assert.Single(
            process.Log,
            line => line.Level == LogLevel.Information && line.Text.Contains("can continue", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Before_any_key_was_read_a_token_is_neither_accepted_nor_refused()
    {
        await using var identity = await IssuingProcess.StartAsync();
        identity.Answers = IssuingProcess.Answer.Failure;
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);

        using var answer = await process.SendAsync(Protected, identity.Key);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.DoesNotContain("database", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);

        // Requests that need no key are unaffected.
        Assert.Equal(HttpStatusCode.Unauthorized, await process.AskAsync(Protected, key: null));
        Assert.Equal(HttpStatusCode.OK, await process.AskAsync(Open, identity.Key));

        // For a short time after its start, the process isn't ready, since other instances may do better. After that, it serves as well as
        // it can.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await process.AskAsync(Ready, key: null));
        process.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal("Degraded", await process.ReadAsync(Ready));
        Assert.DoesNotContain(process.Log, line => line.Level > LogLevel.Warning);

        identity.Answers = IssuingProcess.Answer.Keys;
        await VerifyingProcess.UntilAsync(async () =>
        {
            process.Clock.Advance(TimeSpan.FromSeconds(1));
            return await process.AskAsync(Protected, identity.Key) == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task A_redirect_to_another_key_set_is_not_followed()
    {
        await using var identity = await IssuingProcess.StartAsync();
        identity.Answers = IssuingProcess.Answer.Redirect;
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await process.AskAsync(Protected, identity.Key));
    }

    [Fact]
    public async Task Start_does_not_wait_for_Identity_and_a_request_waits_briefly()
    {
        await using var identity = await IssuingProcess.StartAsync();
        // The first start takes extra time to load everything.
        await using (var warm = await VerifyingProcess.StartAsync(identity.KeySet))
            await warm.AskAsync(Open, key: null);
        identity.Answers = IssuingProcess.Answer.Never;
        var clock = Stopwatch.StartNew();

        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);
        Assert.Equal(HttpStatusCode.OK, await process.AskAsync(Open, key: null));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2.9);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await process.AskAsync(Protected, identity.Key));
        Assert.InRange(clock.Elapsed.TotalSeconds, 2, 20);
    }

    [Theory]
    [InlineData("""{"keys":[{"kty":"oct","kid":"other","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","kid":"other","x":"AA","y":"AA"}]}""")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task A_key_set_without_usable_keys_removes_none(string keySet)
    {
        await using var identity = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);
        await process.AskAsync(Protected, identity.Key);

        identity.Text = keySet;
        process.Clock.Advance(TimeSpan.FromMinutes(5));
        await VerifyingProcess.UntilAsync(async () => await process.ReadAsync(Ready) == "Degraded");

        Assert.Equal(HttpStatusCode.OK, await process.AskAsync(Protected, identity.Key));
    }

    [Fact]
    public async Task A_malformed_key_among_valid_ones_is_skipped()
    {
        await using var identity = await IssuingProcess.StartAsync();
        identity.Text =
            $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"bad","x":"AA","y":"AA"},"""
            + $$"""{"kty":"RSA","kid":"rsa","n":"AQAB","e":"AQAB"},{{identity.Key.Json}}]}""";
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);

        Assert.Equal(HttpStatusCode.OK, await process.AskAsync(Protected, identity.Key));
    }
}
