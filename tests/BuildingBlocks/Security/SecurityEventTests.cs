using System.Net;
using Kumiko.BuildingBlocks.Security;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Security;

public class SecurityEventTests
{
    [Fact]
    public async Task A_flood_of_invalid_tokens_is_logged_once_a_minute_with_a_count()
    {
        await using var issuer = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(issuer.KeySet);
        for (var n = 0; n < 50; n++)
            await RefusesAsync(process, $"made-up-{n}");
        Assert.EndsWith(
            "Reason=malformed, Client=127.0.0.1, Request=GET /protected",
            Assert.Single(Logged(process)),
            StringComparison.Ordinal
        );

        // The first kind doesn't suppress another one.
        await RefusesAsync(process, issuer.Key.Sign(process.Clock.GetUtcNow()) + "AAAA");
        Assert.EndsWith(
            "Reason=signature, Client=127.0.0.1, Request=GET /protected, Skipped=49",
            Logged(process)[1],
            StringComparison.Ordinal
        );
        await RefusesAsync(process, "made-up");
        Assert.Equal(2, Logged(process).Count);

        process.Clock.Advance(TimeSpan.FromMinutes(1));
        await RefusesAsync(process, "made-up");
        Assert.EndsWith(
            "Reason=malformed, Client=127.0.0.1, Request=GET /protected, Skipped=1",
            Logged(process)[2],
            StringComparison.Ordinal
        );
        Assert.Equal(3, Logged(process).Count);
    }

    [Fact]
    public async Task An_expired_token_is_distinguished_from_a_forged_one()
    {
        await using var issuer = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(issuer.KeySet);
        var token = issuer.Key.Sign(process.Clock.GetUtcNow());
        process.Clock.Advance(TimeSpan.FromHours(1));
        await RefusesAsync(process, token);
        Assert.StartsWith("Event=invalid_token, Outcome=expired", Assert.Single(Logged(process)), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_unique_and_so_are_numbers()
    {
        Assert.Equal(SecurityEvent.All.Count, SecurityEvent.All.Select(happened => happened.Name).Distinct().Count());
        Assert.Equal(SecurityEvent.All.Count, SecurityEvent.All.Select(happened => happened.Id).Distinct().Count());
        Assert.All(SecurityEvent.All, happened => Assert.NotEmpty(happened.Outcomes));
    }

    private static List<string> Logged(VerifyingProcess process) =>
        [.. process.Log.Select(line => line.Text).Where(text => text.StartsWith("Event=", StringComparison.Ordinal))];

    private static async Task RefusesAsync(VerifyingProcess process, string token)
    {
        using var answer = await process.SendAsync("/protected", token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
