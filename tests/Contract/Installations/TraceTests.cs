namespace Kumiko.Contract.Installations;

public class TraceTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task The_trace_of_a_request_is_in_the_log_of_the_module_that_receives_its_event(string environment)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await ((IInstallation)installation).StartAsync(
            ("ASPNETCORE_ENVIRONMENT", environment),
            ("Logging__LogLevel__Kumiko", "Debug")
        );
        using var caller = new Caller(host.Address);
        var (trace, name) = ($"{Guid.NewGuid():N}", Person.UniqueName("traced"));
        var answer = (
            await caller.PostAsync(
                "/api/auth/register",
                new
                {
                    email = $"{name}@example.test",
                    username = name,
                    password = $"pass of {name}",
                },
                ("traceparent", $"00-{trace}-00f067aa0ba902b7-01")
            )
        ).Is(201);

        Assert.Equal(trace, answer.Header("X-Trace-Id"));
        await Eventually.IsAsync(
            () => Task.FromResult(host.Log),
            log =>
                log.Split('\n')
                    .Any(line =>
                        line.Contains("took effect in UserRegisteredHandler", StringComparison.Ordinal)
                        && line.Contains(trace, StringComparison.Ordinal)
                    )
        );
    }
}
