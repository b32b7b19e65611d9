using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Identity.Passkeys;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Kumiko.Identity.Tests.Passkeys;

public sealed class PasskeySettingsTests
{
    [Theory]
    [InlineData("https://kumiko.example/api/auth", "", "kumiko.example", "https://kumiko.example")]
    [InlineData("https://kumiko.example:8443/api/auth", "", "kumiko.example", "https://kumiko.example:8443")]
    [InlineData("http://localhost:5080/api/auth", "", "localhost", "http://localhost:5080")]
    [InlineData("https://組子.example/api/auth", "", "xn--i8sz30f.example", "https://xn--i8sz30f.example")]
    [InlineData(
        "https://kumiko.example/api/auth",
        "https://kumiko.example, https://www.kumiko.example:8443",
        "kumiko.example",
        "https://kumiko.example https://www.kumiko.example:8443"
    )]
    public void The_site_of_the_passkeys_is_that_of_the_issuer(string issuer, string origins, string party, string expected)
    {
        var settings = Of(issuer, origins);
        Assert.Equal(party, settings.RelyingParty);
        Assert.Equal(expected.Split(' '), settings.Origins.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("kumiko.example")]
    [InlineData("https://kumiko.example/")]
    [InlineData("https://evil.example")]
    [InlineData("https://evilkumiko.example")]
    [InlineData("ftp://kumiko.example")]
    public void An_origin_whose_pages_cannot_use_the_passkeys_stops_the_start(string origin) =>
        Assert.Contains(
            origin,
            Assert.Throws<InvalidSettingException>(() => Of("https://kumiko.example/api/auth", origin)).Message,
            StringComparison.Ordinal
        );

    private static PasskeySettings Of(string issuer, string origins)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Tokens:Issuer"] = issuer, ["Passkeys:Origins"] = origins })
            .Build();
        return new PasskeySettings(configuration, new TokenSettings(configuration));
    }
}
