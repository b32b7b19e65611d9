namespace Kumiko.Contract.Conventions;

public class HealthTests(RunningKumiko kumiko)
{
    [Theory]
    [InlineData("/api/crud/health")]
    [InlineData("/api/auth/health")]
    public async Task A_module_reports_that_it_and_its_database_are_healthy(string path)
    {
        var answer = (await kumiko.Anyone.GetAsync(path)).Is(200);
        Assert.Equal("healthy", answer["status"].GetString());
        Assert.Equal("connected", answer["database"].GetString());
        Moment.IsRecent(answer["timestamp"]);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }
}
