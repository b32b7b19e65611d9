using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Kumiko.Clients.Tests.Streams;

/// <summary>The stream of posts, read by third-party libraries: everything that they pass on is an event with a name and JSON.</summary>
public class StreamTests(Service service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    // Also reconnects with Last-Event-ID.
    [InlineData("eventsource.mjs")]
    // Would pass on heartbeats if it took them for messages.
    [InlineData("fetch-event-source.mjs")]
    public async Task Node_libraries_deliver_events_only(string script)
    {
        var person = await Person.JoinAsync(service.Anyone, "author");
        await NodePackages.RunAsync(script, service.Address.ToString(), person.AccessToken!);
    }

    [Fact]
    public async Task The_DotNet_parser_delivers_events_and_resumes()
    {
        var person = await Person.JoinAsync(service.Anyone, "author");
        string last;
        using (var answer = await service.Anyone.OpenAsync(Listener.Path))
        {
            await using var events = await EventsAsync(answer);
            Assert.Equal("stream.open", (await NextAsync(events)).EventType);
            await UntilCreatedAsync(events, (await person.WriteAsync("seen")).Id);
            last = events.Current.EventId!;
        }

        var missed = (await person.WriteAsync("missed")).Id;

        using var again = await service.Anyone.OpenAsync(Listener.Path, ("Last-Event-ID", last));
        await using var more = await EventsAsync(again);
        await UntilCreatedAsync(more, missed);
    }

    private static async Task<IAsyncEnumerator<SseItem<string>>> EventsAsync(HttpResponseMessage answer) =>
        SseParser
            .Create(await answer.Content.ReadAsStreamAsync(Cancellation))
            .EnumerateAsync(Cancellation)
            .GetAsyncEnumerator(Cancellation);

    private static async Task UntilCreatedAsync(IAsyncEnumerator<SseItem<string>> events, long post)
    {
        while (await NextAsync(events) is var happened)
        {
            Assert.NotEqual("message", happened.EventType);
            if (happened.EventType == "post.created" && JsonElement.Parse(happened.Data).GetProperty("id").GetInt64() == post)
                return;
        }
    }

    private static async Task<SseItem<string>> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation), "The stream ended.");
        return events.Current;
    }
}
