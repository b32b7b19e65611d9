using System.Text;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Kumiko.Contract.Apart;

/// <summary>What the broker keeps of a person, whose account may be gone.</summary>
public class KeptEventsTests
{
    private const string Stream = "kumiko";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_broker_keeps_names_for_a_week_and_nothing_that_can_be_read_of_an_export()
    {
        var account = await NatsServer.NewAccountAsync();
        await using var installation = new InstallationApart(await MySqlServer.InstallAsync(), account);
        await using var hosts = await installation.StartAsync();
        using var anyone = new Caller(hosts.Address);
        var erin = await Person.JoinAsync(anyone, "quetzalcoatl");
        await erin.WriteAsync("tezcatlipoca");
        (await Eventually.IsAsync(() => erin.GetAsync("/api/auth/me/export"), answer => answer.Status != 202)).Is(200);
        (await erin.DeleteAsync("/api/auth/me", new { password = erin.Password })).Is(204);

        await using var connection = new NatsConnection(
            NatsOpts.Default with
            {
                Url = account["Nats__Url"],
                AuthOpts = new NatsAuthOpts { Username = account["Nats__User"], Password = account["Nats__Password"] },
            }
        );
        var context = new NatsJSContext(connection);
        var stream = await context.GetStreamAsync(Stream, cancellationToken: Cancellation);
        Assert.Equal(TimeSpan.FromDays(7), stream.Info.Config.MaxAge);
        var messages = await Eventually.IsAsync(
            () => ReadAsync(context),
            messages => messages.Exists(message => message.Subject.EndsWith(".user_deleted", StringComparison.Ordinal))
        );

        var named = messages.FindAll(message => message.Text.Contains(erin.Username, StringComparison.Ordinal));
        Assert.NotEmpty(named);
        Assert.All(
            named,
            message => Assert.Contains(message.Subject, (string[])["kumiko.identity.user_registered", "kumiko.identity.users_listed"])
        );
        Assert.DoesNotContain(messages, message => message.Text.Contains(erin.Email, StringComparison.Ordinal));
        var part = Assert.Single(messages, message => message.Subject.EndsWith(".export_answered", StringComparison.Ordinal));
        var body = JsonDocument.Parse(JsonDocument.Parse(part.Text).RootElement[0].GetProperty("body").GetString()!).RootElement;
        var content = Encoding.UTF8.GetString(body.GetProperty("content").GetBytesFromBase64());
        Assert.DoesNotContain("tezcatlipoca", content, StringComparison.Ordinal);
        Assert.DoesNotContain("posts.json", content, StringComparison.Ordinal);
    }

    private static async Task<List<(string Subject, string Text)>> ReadAsync(NatsJSContext context)
    {
        var consumer = await context.CreateOrderedConsumerAsync(Stream, cancellationToken: Cancellation);
        var messages = new List<(string, string)>();
        await foreach (
            var message in consumer.FetchNoWaitAsync<string>(new NatsJSFetchOpts { MaxMsgs = 1_000 }, cancellationToken: Cancellation)
        )
            messages.Add((message.Subject, message.Data ?? ""));
        return messages;
    }
}
