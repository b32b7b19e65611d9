namespace Kumiko.Contract;

public class MySqlIsReachableTests
{
    [Fact]
    public void A_MySql_server_is_there_to_test_on()
    {
        if (Environment.GetEnvironmentVariable("KUMIKO_TEST_REQUIRE") == "all")
            Assert.Null(MySqlServer.Missing);
        Assert.SkipWhen(MySqlServer.Missing is not null, MySqlServer.Missing ?? "");
    }
}
