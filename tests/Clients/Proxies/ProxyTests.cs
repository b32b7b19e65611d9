using System.Net;
using System.Net.ServerSentEvents;

namespace Kumiko.Clients.Tests.Proxies;

public class ProxyTests(Service service)
{
    // Less than the time between two heartbeats, which would flush what a proxy buffers.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(12);

    private static readonly (string, string) Compressed = ("Accept-Encoding", "gzip");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Proxies))]
    public async Task A_post_can_be_edited_with_the_tag_of_a_compressing_proxy(string name)
    {
        await using var proxy = await Proxy.StartAsync(name, service.Address);
        using var caller = new Caller(proxy.Address);
        var author = await Person.JoinAsync(caller, "author");
        var path = $"/api/crud/posts/{(await author.WriteAsync(LongText("first"))).Id}";
        var read = (await caller.GetAsync(path, Compressed)).Is(200);
        Assert.Equal("gzip", read.Header("Content-Encoding"));

        var changed = (await author.PutAsync(path, new { content = LongText("second") }, ("If-Match", read.ETag), Compressed)).Is(200);

        (await author.PutAsync(path, new { content = LongText("stale") }, ("If-Match", read.ETag))).IsProblem(412);
        (await author.DeleteAsync(path, null, ("If-Match", read.ETag))).IsProblem(412);
        (await author.DeleteAsync(path, null, ("If-Match", changed.ETag))).Is(204);
    }

    [Theory, MemberData(nameof(Proxies))]
    public async Task A_version_fetched_through_a_compressing_proxy_is_not_sent_again(string name)
    {
        await using var proxy = await Proxy.StartAsync(name, service.Address);
        using var caller = new Caller(proxy.Address);
        var author = await Person.JoinAsync(caller, "author");
        var path = $"/api/crud/posts/{(await author.WriteAsync(LongText("first"))).Id}";
        var read = (await caller.GetAsync(path, Compressed)).Is(200);
        Assert.Equal("gzip", read.Header("Content-Encoding"));

        (await caller.GetAsync(path, ("If-None-Match", read.ETag), Compressed)).Is(304);

        (await author.PutAsync(path, new { content = LongText("second") })).Is(200);
        (await caller.GetAsync(path, ("If-None-Match", read.ETag), Compressed)).Is(200);
    }

    [Theory, MemberData(nameof(Proxies))]
    public async Task An_event_passes_a_proxy_immediately(string name)
    {
        await using var proxy = await Proxy.StartAsync(name, service.Address);
        var author = await Person.JoinAsync(service.Anyone, "author");
        // Allow the proxy to compress, as every browser does.
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = proxy.Address,
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        await using var stream = await http.GetStreamAsync(new Uri(Listener.Path, UriKind.Relative), patience.Token);
        await using var events = SseParser.Create(stream).EnumerateAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("stream.open", events.Current.EventType);

        var post = await author.WriteAsync("heard through a proxy");

        patience.CancelAfter(AtOnce);
        do Assert.True(await events.MoveNextAsync());
        while (
            !(events.Current.EventType == "post.created" && events.Current.Data.Contains($"\"id\":{post.Id},", StringComparison.Ordinal))
        );
    }

    [Theory, MemberData(nameof(Proxies))]
    public async Task A_session_shows_the_clients_real_address(string name)
    {
        await using var proxy = await Proxy.StartAsync(name, service.Address);
        using var caller = new Caller(proxy.Address, IPAddress.Parse("127.0.0.9"));
        var person = await Person.JoinAsync(caller, "someone");
        var login = (
            await caller.PostAsync(
                "/api/auth/login",
                new
                {
                    email = person.Email,
                    password = person.Password,
                    token_delivery = "body",
                },
                ("X-Forwarded-For", "198.51.100.1")
            )
        ).Is(200);

        var sessions = (await caller.With(login["access_token"].GetString()).GetAsync("/api/auth/sessions")).Is(200).Items;

        Assert.Equal(
            "127.0.0.9",
            sessions.Single(session => session.GetProperty("current").GetBoolean()).GetProperty("address").GetString()
        );
    }

    [Fact]
    public async Task The_plain_health_check_of_HAProxy_finds_the_host_healthy()
    {
        await using var proxy = await Proxy.StartAsync("haproxy", service.Address);
        using var http = new HttpClient();
        var statistics = new Uri(proxy.Address, "/haproxy;csv");

        var checkedAs = await Eventually.IsAsync(
            async () => CheckOfHost(await http.GetStringAsync(statistics, Cancellation)),
            result => result is not ("" or "INI")
        );

        Assert.Equal("L7OK", checkedAs);
    }

    public static TheoryData<string> Proxies() => ["nginx", "haproxy", "apache2"];

    // Short answers are not worth compressing.
    private static string LongText(string word) => string.Join(' ', Enumerable.Repeat(word, 300));

    private static string CheckOfHost(string csv)
    {
        var lines = csv.Split('\n');
        var column = lines[0].TrimStart('#', ' ').Split(',').Index().Single(name => name.Item == "check_status").Index;
        return lines.Single(line => line.StartsWith("kumiko,host,", StringComparison.Ordinal)).Split(',')[column].TrimStart('*', ' ');
    }
}
