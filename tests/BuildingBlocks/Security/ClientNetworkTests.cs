using System.Net;
using Kumiko.BuildingBlocks.Security;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Security;

public sealed class ClientNetworkTests
{
    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    public void An_address_is_shortened_to_its_network(string address, string network) =>
        Assert.Equal(network, ClientNetwork.Of(IPAddress.Parse(address)));
}
