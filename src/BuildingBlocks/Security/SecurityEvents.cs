using System.Diagnostics.Metrics;
using System.Net;
using Kumiko.BuildingBlocks.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Reports to operators what happened to accounts and which requests were refused: as a line in the log under <see cref="Category"/>, and
/// as a count. A line identifies the account by its number; it never contains a name, an e-mail address, a
/// password or a token.
/// </summary>
public sealed class SecurityEvents
{
    /// <summary>The category of the log lines.</summary>
    public const string Category = "Kumiko.Security";

    private static readonly Counter<long> Count = Metering.Meter.CreateCounter<long>(
        "kumiko.security.events",
        description: "Security events: changes of accounts and sessions, and refused requests."
    );

    private readonly ILogger _logger;
    private readonly IHttpContextAccessor _requests;
    private readonly Dictionary<SecurityEvent, SecuritySample> _samples;

    /// <summary>Starts the counters at zero, so that the first event of each kind is visible as a rise.</summary>
    public SecurityEvents(ILoggerFactory loggers, IHttpContextAccessor requests, TimeProvider clock)
    {
        _logger = loggers.CreateLogger(Category);
        _requests = requests;
        _samples = SecurityEvent
            .All.Where(securityEvent => securityEvent.IsSampled)
            .ToDictionary(securityEvent => securityEvent, _ => new SecuritySample(clock));
        foreach (var securityEvent in SecurityEvent.All)
        {
            foreach (var outcome in securityEvent.Outcomes)
                Add(0, securityEvent, outcome);
        }
    }

    /// <summary>Reports a completed action; call it after the commit.</summary>
    /// <param name="securityEvent">The event.</param>
    /// <param name="userId">The account that it concerns.</param>
    /// <param name="sessionId">The session that did it, or that it was done to.</param>
    /// <param name="reason">The reason, as a fixed word.</param>
    public void Succeeded(SecurityEvent securityEvent, long userId, long? sessionId = null, string? reason = null) =>
        Record(securityEvent, SecurityOutcome.Succeeded, userId, sessionId, account: null, reason);

    /// <summary>Reports a refusal. If no user is named, it concerns the signed-in user.</summary>
    /// <param name="securityEvent">The event.</param>
    /// <param name="userId">The account that it concerns.</param>
    /// <param name="sessionId">The session that the request came from.</param>
    /// <param name="account">A keyed hash of the e-mail address that was entered.</param>
    /// <param name="reason">The reason, as a fixed word.</param>
    public void Refused(
        SecurityEvent securityEvent,
        long? userId = null,
        long? sessionId = null,
        string? account = null,
        string? reason = null
    ) => Record(securityEvent, SecurityOutcome.Refused, userId, sessionId, account, reason);

    /// <summary>Reports an event with any outcome.</summary>
    internal void Record(SecurityEvent securityEvent, string outcome, long? userId, long? sessionId, string? account, string? reason)
    {
        Add(1, securityEvent, outcome);
        var level = outcome == SecurityOutcome.Refused ? LogLevel.Warning : LogLevel.Information;
        if (!_logger.IsEnabled(level))
            return;

        var request = _requests.HttpContext;
        var client = Address(request?.Connection.RemoteIpAddress);
        long skipped = 0;
        if (_samples.TryGetValue(securityEvent, out var sample) && !sample.LetsThrough((outcome, client, reason), out skipped))
            return;

        var user = userId is null && request is not null ? CurrentUser.Find(request.User) : null;
        var line = new SecurityLine();
        line.Add("Event", securityEvent.Name);
        line.Add("Outcome", outcome);
        line.Add("Reason", reason);
        line.Add("UserId", userId ?? user?.Id);
        line.Add("SessionId", sessionId ?? user?.SessionId);
        line.Add("Account", account);
        line.Add("Client", client);
        line.Add("Request", Route(request));
        line.Add("Skipped", skipped > 0 ? skipped : null);
        _logger.Log(level, new EventId(securityEvent.Id, securityEvent.Name), line, null, static (line, _) => line.ToString());
    }

    private static void Add(long times, SecurityEvent securityEvent, string outcome) =>
        Count.Add(
            times,
            new KeyValuePair<string, object?>("event", securityEvent.Name),
            new KeyValuePair<string, object?>("outcome", outcome)
        );

    private static string? Address(IPAddress? address) =>
        (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();

    // The pattern, not the path: a client can write anything into a path.
    private static string? Route(HttpContext? request) =>
        request?.GetEndpoint() is RouteEndpoint endpoint ? $"{request.Request.Method} {endpoint.RoutePattern.RawText}" : null;
}
