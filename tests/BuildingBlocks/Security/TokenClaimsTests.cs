using System.Net;
using CsCheck;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Security;

/// <summary>Tokens with a valid signature and claims that Identity never issues.</summary>
public sealed class TokenClaimsTests
{
    private static readonly object?[] Odd =
    [
        null,
        "",
        " ",
        "1.5",
        "-1",
        "+1",
        "1e3",
        "abc",
        "１",
        "99999999999999999999",
        true,
        1.5,
        -7L,
        long.MinValue,
        new[] { "x", "1" },
        Array.Empty<string>(),
        new Dictionary<string, object> { ["id"] = 1 },
    ];

    private static readonly Gen<object?> Value = Gen.OneOf(
        Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]),
        Gen.String.Select(text => (object?)("x" + text))
    );

    [Theory]
    [InlineData("admin", "yes")]
    [InlineData("member", "no")]
    [InlineData("Admin", "no")]
    [InlineData(null, "no")]
    public async Task Only_the_role_of_an_admin_makes_an_admin(string? role, string isAdmin)
    {
        await using var identity = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);
        var claims = new Dictionary<string, object> { ["sub"] = "1", ["sid"] = "1" };
        if (role is not null)
            claims["role"] = role;
        using var answer = await process.SendAsync("/admin", identity.Key.Sign(process.Clock.GetUtcNow(), claims));
        Assert.Equal(isAdmin, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_signed_token_without_a_user_is_refused()
    {
        await using var identity = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);

        await Gen.Select(Gen.Bool.Select(isSession => isSession ? "sid" : "sub"), Value, Gen.Bool)
            .SampleAsync(
                async (claim, value, isLeftOut) =>
                {
                    var claims = new Dictionary<string, object> { ["sub"] = "1", ["sid"] = "1" };
                    claims.Remove(claim);
                    if (!isLeftOut)
                        claims[claim] = value!;
                    var token = identity.Key.Sign(process.Clock.GetUtcNow(), claims);
                    using var refused = await process.SendAsync("/protected", token);
                    Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
                    using var ignored = await process.SendAsync("/either", token);
                    Assert.Equal("nobody", await ignored.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                },
                iter: 200,
                threads: 2
            );

        Assert.DoesNotContain(process.Log, line => line.Level >= LogLevel.Error);
    }
}
