using System.Net;
using Kumiko.BuildingBlocks.RateLimiting;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.RateLimiting;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void An_address_is_limited_together_with_its_customers_network(string address, string counted) =>
        Assert.Equal(counted, ClientAddress.Of(IPAddress.Parse(address)));

    [Fact]
    public void A_caller_without_an_address_is_limited() => Assert.NotEmpty(ClientAddress.Of((IPAddress?)null));
}
