using System.Security.Cryptography;
using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Retention;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Data;
using Kumiko.Identity.Features.RegisterUser;
using Kumiko.Identity.Features.SignIn;
using Kumiko.Identity.Features.VerifyEmail;
using Kumiko.Identity.Keys;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Kumiko.Identity.Tests;

/// <summary>The module on its own database, with a clock that only the test advances.</summary>
internal sealed class TestModule : IAsyncDisposable
{
    public const string Password = "seven pine needles";

    private readonly IdentityTestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly SecretKey _secret;
    private readonly bool _isFirst;

    private TestModule(IdentityTestDatabase database, TestModule? beside, SecretKey secret, (string Name, string Value)[] settings)
    {
        _database = database;
        _isFirst = beside is null;
        _secret = secret;
        Clock = beside?.Clock ?? new FakeTimeProvider(DateTimeOffset.Parse("2026-11-24T12:00:00Z", null));
        var configuration = new ConfigurationBuilder()
            // Overridden by the test's own settings.
            .AddInMemoryCollection([KeyValuePair.Create("Mail:Folder", (string?)Path.Combine(database.Settings.Folder, "mail"))])
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(_secret);
        services.AddSingleton(new TokenSettings(configuration));
        services.AddSingleton(new InstalledModules(["identity"]));
        services.AddWebConventions();
        new IdentityModule().AddServices(services, new ModuleSettings(configuration, database.Settings));
        _services = services.BuildServiceProvider();
        Mediator = _services.GetRequiredService<Mediation.Mediator>();
    }

    public FakeTimeProvider Clock { get; }

    public Mediation.Mediator Mediator { get; }

    public IdentityDatabase Database => _database.Database;

    public static Task<TestModule> StartAsync(DatabaseProvider provider, params (string Name, string Value)[] settings) =>
        StartAsync(provider, new SecretKey(RandomNumberGenerator.GetBytes(32)), settings);

    public static async Task<TestModule> StartAsync(
        DatabaseProvider provider,
        SecretKey secret,
        params (string Name, string Value)[] settings
    ) => await PrepareAsync(new TestModule(await IdentityTestDatabase.CreateAsync(provider), beside: null, secret, settings));

    /// <summary>Another instance on the same database.</summary>
    public Task<TestModule> AnotherInstanceAsync(params (string Name, string Value)[] settings) => AnotherInstanceAsync(_secret, settings);

    /// <summary>Another instance on the same database, with its own secret.</summary>
    public Task<TestModule> AnotherInstanceAsync(SecretKey secret, params (string Name, string Value)[] settings) =>
        PrepareAsync(new TestModule(_database, beside: this, secret, settings));

    /// <summary>A service of the module.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<UserResponse> RegisterAsync(string name)
    {
        var registered = await Mediator.Send(
            new RegisterUser($"{name}@example.com", name, Password, ClientAddress: "", IdempotencyKey.None),
            TestContext.Current.CancellationToken
        );
        return Success(registered).Resource;
    }

    public async Task<IssuedTokens> SignInAsync(string name, string password = Password, string? code = null, bool isRemembered = true) =>
        Success(await TrySignInAsync(name, password, code, isRemembered: isRemembered));

    public async Task<ErrorOr<IssuedTokens>> TrySignInAsync(
        string name,
        string password = Password,
        string? code = null,
        string? device = null,
        bool isRemembered = true
    ) =>
        await Mediator.Send(
            new SignIn(
                $"{name}@example.com",
                password,
                code,
                TokenDelivery: null,
                Device: null,
                ClientAddress: null,
                DeviceToken: device,
                PreviousToken: null,
                IsRemembered: isRemembered
            ),
            TestContext.Current.CancellationToken
        );

    /// <summary>Sweeps the tables, as the module does every ten minutes.</summary>
    public async Task ApplyAsync()
    {
        await using var session = await Database.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var table in _services.GetServices<RetentionRule<IdentityDatabase>>())
            await table.DeleteAsync(session, Clock.Now(), batchSize: 1_000, TestContext.Current.CancellationToken);
    }

    /// <summary>The queued mails, the oldest first, without those that are sent to nobody.</summary>
    public async Task<List<QueuedMail>> MailsAsync()
    {
        await using var session = await Database.OpenAsync(TestContext.Current.CancellationToken);
        var rows = await session.ReadAllAsync<byte[]>("select content from mails order by id", null, TestContext.Current.CancellationToken);
        return [.. rows.Select(Get<MailCipher>().Open).Where(mail => !mail.IsDecoy)];
    }

    /// <summary>The secret in the link of the newest mail of a kind to an address.</summary>
    public async Task<string> SecretAsync(string template, string to) =>
        (await MailsAsync()).Last(mail => mail.Template == template && mail.To == to).Values["link"].Split("#token=")[1];

    /// <summary>Proves the address of a new account.</summary>
    public async Task VerifyAsync(string name) =>
        Success(
            await Mediator.Send(
                new VerifyEmail(await SecretAsync(MailTemplate.VerifyEmail, $"{name}@example.com")),
                TestContext.Current.CancellationToken
            )
        );

    /// <summary>Disables an account, without an admin.</summary>
    public Task DisableAsync(string name) =>
        ExecuteAsync("insert into disabled_users (user_id, disabled_at) select id, @Now from users where username = @Name", name);

    /// <summary>Enables an account again.</summary>
    public Task EnableAsync(string name) =>
        ExecuteAsync("delete from disabled_users where user_id = (select id from users where username = @Name)", name);

    /// <summary>The events in the outbox, the oldest first.</summary>
    public async Task<List<EventRow>> EventsAsync()
    {
        await using var session = await Database.OpenAsync(TestContext.Current.CancellationToken);
        return await session.ReadAllAsync<EventRow>(
            "select name, body from outbox order by id",
            null,
            TestContext.Current.CancellationToken
        );
    }

    public static CurrentUser UserOf(IssuedTokens tokens)
    {
        var token = new JsonWebToken(tokens.AccessToken);
        return new CurrentUser(
            tokens.User.Id,
            tokens.User.Username,
            token.GetPayloadValue<long>(JwtRegisteredClaimNames.Sid),
            IsAdmin: false
        );
    }

    public static T Success<T>(ErrorOr<T> result)
    {
        Assert.False(result.IsError, result.IsError ? result.FirstError.Description : null);
        return result.Value;
    }

    private async Task ExecuteAsync(string sql, string name)
    {
        await using var session = await Database.OpenAsync(TestContext.Current.CancellationToken);
        await session.ExecuteAsync(sql, new { Name = name, Now = Clock.GetUtcNow() }, TestContext.Current.CancellationToken);
    }

    private static async Task<TestModule> PrepareAsync(TestModule module)
    {
        await module.Get<SigningKeyRing>().RenewAsync(TestContext.Current.CancellationToken);
        await module.Get<HashKey>().PrepareAsync(TestContext.Current.CancellationToken);
        return module;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_isFirst)
            await _database.DisposeAsync();
    }

    internal sealed record EventRow
    {
        public string Name { get; init; } = "";
        public string Body { get; init; } = "";
    }
}
