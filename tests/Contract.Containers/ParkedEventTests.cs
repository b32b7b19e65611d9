namespace Kumiko.Contract.Containers;

/// <summary>
/// What an operator does about an event that no module can handle. Runs after the rest of the suite, because such an event is logged as an
/// error.
/// </summary>
[CollectionDefinition(nameof(ParkedEventTests), DisableParallelization = true)]
[Collection(nameof(ParkedEventTests))]
public class ParkedEventTests
{
    [Fact]
    public async Task An_operator_can_see_and_replay_a_parked_event()
    {
        var (project, id, name) = (ComposeProject.Running, Guid.NewGuid().ToString(), Person.UniqueName("mended"));
        await project.SqlAsync(
            $"""
            insert into kumiko_identity.outbox (event_id, name, body, created_at, attempts, next_attempt_at)
            values ('{id}', 'identity.user_registered', 'no event at all', utc_timestamp(), 0, utc_timestamp())
            """
        );

        var list = await ListedAsync(id);
        Assert.Contains($"{id}  identity.user_registered -> posts (UserRegisteredHandler)", list, StringComparison.Ordinal);
        Assert.Contains("no event at all", list, StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => project.EventsAsync("replay", id));
        Assert.Contains($"{id} failed again in posts", failure.Message, StringComparison.Ordinal);

        await project.SqlAsync(
            $$"""
            update kumiko_posts.parked_events set body = '{"user_id":4000000000,"username":"{{name}}","version":1}'
            where event_id = '{{id}}'
            """
        );
        Assert.Contains($"{id} took effect in posts.", await project.EventsAsync("replay", id), StringComparison.Ordinal);
        Assert.Equal(name, (await project.SqlAsync("select name from kumiko_posts.authors where id = 4000000000")).Trim());
        Assert.DoesNotContain(id, await project.EventsAsync(), StringComparison.Ordinal);

        Assert.Contains($"{id} is parked after 1 attempts", await project.LogOfPostsAsync(), StringComparison.Ordinal);
        // Read the expected errors here, so that the next check of the log doesn't find them.
        HostLog.HoldsNothingPrivate(RunningKumiko.NewLog());
    }

    private static async Task<string> ListedAsync(string id)
    {
        for (var left = 40; ; left--)
        {
            var list = await ComposeProject.Running.EventsAsync("list");
            if (list.Contains(id, StringComparison.Ordinal) || left == 0)
                return list;
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
    }
}
