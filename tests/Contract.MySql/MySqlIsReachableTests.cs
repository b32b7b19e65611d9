namespace Kumiko.Contract;

public class MySqlIsReachableTests
{
    [Fact]
    public void A_MySql_server_is_there_to_test_on()
    {
        // Whoever names a server wants it used.
        if (MySqlServer.IsRequired)
            Assert.True(MySqlServer.Missing is null, MySqlServer.Missing);
        Assert.SkipWhen(MySqlServer.Missing is not null, MySqlServer.Missing ?? "");
    }
}
