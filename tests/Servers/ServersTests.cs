namespace Kumiko.TestServers;

public class ServersTests
{
    [Fact]
    public void The_servers_to_test_with_are_there()
    {
        if (Servers.AreRequired)
            Assert.True(Servers.Missing is null, Servers.Missing);
        Assert.SkipWhen(Servers.Missing is not null, Servers.Missing ?? "");
    }
}
