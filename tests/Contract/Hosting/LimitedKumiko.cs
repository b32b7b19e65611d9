using System.Net;

namespace Kumiko.Contract.Hosting;

/// <summary>
/// Two instances with quotas so low that a test can use them up. Tests share them, so each comes from addresses and users of its own.
/// </summary>
public sealed class LimitedKumiko : IAsyncLifetime
{
    public const int FailuresPerAddress = 12;
    public const int Registrations = 3;
    public const int Requests = 40;
    public const int AccountChanges = 15;
    public const int Connections = 8;
    public const int Mails = 3;
    public const int MailRequests = 6;
    public const int Links = 20;

    private static readonly (string, string)[] Settings =
    [
        ("RateLimits__Enabled", "true"),
        ("RateLimits__PasswordFailuresPerAddress", $"{FailuresPerAddress}"),
        ("RateLimits__RegistrationsPerHour", $"{Registrations}"),
        ("RateLimits__PasswordRequestsPerMinute", $"{Requests}"),
        ("RateLimits__RefreshRequestsPerMinute", $"{Requests}"),
        ("RateLimits__RenamesPerDay", "2"),
        ("RateLimits__RefusedNamesPerDay", "3"),
        ("RateLimits__RefreshesPerMinute", "3"),
        ("RateLimits__ExportRequestsPerMinute", "3"),
        ("RateLimits__AccountChangesPerMinute", $"{AccountChanges}"),
        ("RateLimits__MailsPerHour", $"{Mails}"),
        ("RateLimits__MailRequestsPerHour", $"{MailRequests}"),
        ("RateLimits__LinkRequestsPerMinute", $"{Links}"),
        ("RateLimits__PostsPerMinute", "3"),
        ("RateLimits__ChangesPerMinute", "4"),
        ("RateLimits__SearchesPerMinute", "2"),
        ("RateLimits__StreamsPerAddress", "2"),
        ("RateLimits__ResumesPerMinute", "3"),
        ("Limits__ConnectionsPerAddress", $"{Connections}"),
    ];

    private int _addresses;
    private Installation _installation = null!;

    /// <summary>The instance that most tests use.</summary>
    public HostProcess Host { get; private set; } = null!;

    /// <summary>Another instance on the same databases.</summary>
    public HostProcess Other { get; private set; } = null!;

    /// <summary>An address from which nobody has called yet.</summary>
    public IPAddress NewAddress() => IPAddress.Parse($"127.0.50.{Interlocked.Increment(ref _addresses)}");

    /// <summary>A client at a new address.</summary>
    public Caller NewCaller() => new(Host.Address, NewAddress());

    /// <summary>Starts one more instance.</summary>
    public Task<HostProcess> StartAnotherAsync() => _installation.StartAsync(Settings);

    public async ValueTask InitializeAsync()
    {
        _installation = await new Topology().InstallAsync();
        Host = await StartAnotherAsync();
        Other = await StartAnotherAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Other.DisposeAsync();
        await _installation.DisposeAsync();
    }
}
