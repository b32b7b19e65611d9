using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Kumiko.Contract.Apart;

/// <summary>
/// What an attacker who took over a module could do at the broker: the users of docker/nats/nats.conf, on a separate server.
/// </summary>
public sealed class BrokerUserTests : IAsyncLifetime
{
    private const string Stream = "kumiko";

    private IContainer _server = null!;
    private NatsConnection _posts = null!;
    private NatsConnection _identity = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = new ContainerBuilder("nats:2.15-alpine")
            .WithPortBinding(4222, assignRandomHostPort: true)
            .WithEnvironment("NATS_posts", "\"one\"")
            .WithEnvironment("NATS_identity", "\"two\"")
            .WithResourceMapping(
                Encoding.UTF8.GetBytes(await File.ReadAllTextAsync(Repository.File("docker/nats/nats.conf"))),
                "/etc/nats/nats.conf"
            )
            .WithCommand("--config", "/etc/nats/nats.conf")
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("Server is ready"))
            .Build();
        await _server.StartAsync();
        (_posts, _identity) = (Connect("posts", "one"), Connect("identity", "two"));
    }

    public async ValueTask DisposeAsync()
    {
        await _posts.DisposeAsync();
        await _identity.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_module_may_create_the_stream_send_its_events_and_read_its_subscriptions()
    {
        await MakeStreamAsync(_posts);
        var consumer = await Context(_posts)
            .CreateOrUpdateConsumerAsync(Stream, Consumer("posts-12b3ebdf", "kumiko.identity.user_registered"), Cancellation);
        (
            await Context(_identity).PublishAsync("kumiko.identity.user_registered", "somebody", cancellationToken: Cancellation)
        ).EnsureSuccess();
        (
            await Context(_posts).PublishAsync("kumiko.identity.users_requested", "who is there", cancellationToken: Cancellation)
        ).EnsureSuccess();
        (
            await Context(_identity).PublishAsync("kumiko.identity.users_requested", "the next ones", cancellationToken: Cancellation)
        ).EnsureSuccess();

        var message = await consumer.NextAsync<string>(cancellationToken: Cancellation);
        Assert.Equal("somebody", message?.Data);
        await message!.AckAsync(new AckOpts { DoubleAck = true }, Cancellation);
    }

    [Fact]
    public async Task A_module_may_not_send_another_modules_events()
    {
        await MakeStreamAsync(_identity);
        await IsRefusedAsync(() =>
            Context(_posts)
                .PublishAsync(
                    "kumiko.identity.user_deleted",
                    "forged",
                    opts: new NatsJSPubOpts { RetryAttempts = 1 },
                    cancellationToken: Cancellation
                )
                .AsTask()
        );
        await IsRefusedAsync(() =>
            Context(_identity)
                .PublishAsync(
                    "kumiko.identity.post_removed",
                    "forged",
                    opts: new NatsJSPubOpts { RetryAttempts = 1 },
                    cancellationToken: Cancellation
                )
                .AsTask()
        );
        Assert.Equal(0, (await Context(_posts).GetStreamAsync(Stream, cancellationToken: Cancellation)).Info.State.Messages);
    }

    [Fact]
    public async Task A_module_may_not_delete_anything()
    {
        await MakeStreamAsync(_identity);
        (
            await Context(_identity).PublishAsync("kumiko.identity.user_registered", "somebody", cancellationToken: Cancellation)
        ).EnsureSuccess();
        await Context(_identity)
            .CreateOrUpdateConsumerAsync(Stream, Consumer("identity-4cd3abdb", "kumiko.identity.users_requested"), Cancellation);

        foreach (var user in (NatsConnection[])[_posts, _identity])
        {
            var context = Context(user);
            await IsRefusedAsync(() => context.DeleteStreamAsync(Stream, Cancellation).AsTask());
            await IsRefusedAsync(() => context.PurgeStreamAsync(Stream, new StreamPurgeRequest(), Cancellation).AsTask());
            await IsRefusedAsync(() => context.DeleteMessageAsync(Stream, new StreamMsgDeleteRequest { Seq = 1 }, Cancellation).AsTask());
            await IsRefusedAsync(() =>
                context.UpdateStreamAsync(new StreamConfig(Stream, ["kumiko.>"]) { MaxMsgs = 1 }, Cancellation).AsTask()
            );
            await IsRefusedAsync(() => context.CreateStreamAsync(new StreamConfig("another", ["another.>"]), Cancellation).AsTask());
            await IsRefusedAsync(() => context.DeleteConsumerAsync(Stream, "identity-4cd3abdb", Cancellation).AsTask());
        }

        var stream = await Context(_posts).GetStreamAsync(Stream, cancellationToken: Cancellation);
        Assert.Equal(1, stream.Info.State.Messages);
        Assert.Equal(1, stream.Info.State.ConsumerCount);
    }

    [Fact]
    public async Task A_module_may_not_use_another_modules_consumer_or_read_its_replies()
    {
        await MakeStreamAsync(_identity);
        var consumer = Consumer("identity-4cd3abdb", "kumiko.identity.users_requested");
        await Context(_identity).CreateOrUpdateConsumerAsync(Stream, consumer, Cancellation);

        await IsRefusedAsync(() => Context(_posts).CreateOrUpdateConsumerAsync(Stream, consumer, Cancellation).AsTask());
        await IsRefusedAsync(() =>
            Context(_posts).CreateOrUpdateConsumerAsync(Stream, Consumer("mine", "kumiko.>"), Cancellation).AsTask()
        );
        await IsRefusedAsync(() =>
            _posts
                .RequestAsync<string, string>("$JS.API.CONSUMER.MSG.NEXT.kumiko.identity-4cd3abdb", "1", cancellationToken: Cancellation)
                .AsTask()
        );
        foreach (var subject in (string[])["kumiko.>", "_INBOX.identity.>", "_INBOX.>", ">"])
        {
            await using var listening = await _posts.SubscribeCoreAsync<string>(subject, cancellationToken: Cancellation);
            // The broker answers in order: after this ping it has decided, and a message sent now would arrive before the answer to the
            // next ping.
            await _posts.PingAsync(Cancellation);
            (
                await Context(_identity).PublishAsync("kumiko.identity.user_registered", subject, cancellationToken: Cancellation)
            ).EnsureSuccess();
            await _posts.PingAsync(Cancellation);
            Assert.False(listening.Msgs.TryRead(out var message), $"{subject} brought '{message.Data}'.");
        }
    }

    // Refused requests get no answer.
    private static async Task IsRefusedAsync(Func<Task> attempt) => await Assert.ThrowsAnyAsync<NatsException>(attempt);

    private static async Task MakeStreamAsync(NatsConnection connection) =>
        await Context(connection).CreateStreamAsync(new StreamConfig(Stream, ["kumiko.>"]), Cancellation);

    private static ConsumerConfig Consumer(string name, string subject) =>
        new(name) { DurableName = name, FilterSubjects = [subject, "kumiko.identity.users_listed"] };

    private static NatsJSContext Context(NatsConnection connection) => new(connection);

    private NatsConnection Connect(string user, string password) =>
        new(
            NatsOpts.Default with
            {
                Url = $"nats://127.0.0.1:{_server.GetMappedPublicPort(4222)}",
                AuthOpts = new NatsAuthOpts { Username = user, Password = password },
                InboxPrefix = $"_INBOX.{user}",
                RequestTimeout = TimeSpan.FromSeconds(1),
            }
        );
}
