using System.Diagnostics;

namespace Kumiko.Contract.Sqlite;

public class DrainingTests
{
    [Fact]
    public async Task A_draining_process_reports_that_it_is_not_ready_and_answers_until_its_delay_ends()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("Shutdown__Delay", "10"));
        using var caller = new Caller(host.Address);
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        Assert.Null((await caller.GetAsync("/api/crud/posts")).Is(200).Header("Connection"));
        (await operators.GetAsync("/health/serving")).Is(200);
        var clock = Stopwatch.StartNew();
        host.Terminate();
        await Eventually.IsAsync(() => operators.GetAsync("/health/ready"), answer => answer.Status == 503);
        (await operators.GetAsync("/health/serving")).Is(503);
        (await operators.GetAsync("/health/live")).Is(200);
        Assert.Equal("close", (await caller.GetAsync("/api/crud/posts")).Is(200).Header("Connection"));
        Assert.Equal(0, await host.ExitAsync());
        Assert.InRange(clock.Elapsed.TotalSeconds, 10, 20);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("61")]
    public async Task A_delay_that_is_not_a_number_of_seconds_stops_the_start_with_a_sentence(string delay)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.FailToStartAsync(("Shutdown__Delay", delay));
        Assert.Equal(1, await host.ExitAsync());
        Assert.Matches("^Shutdown:Delay[^\n]+\n?$", host.Errors);
    }
}
