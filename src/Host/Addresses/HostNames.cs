using System.Net;
using Kumiko.BuildingBlocks.Security;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Primitives;

namespace Kumiko.Host.Addresses;

/// <summary>
/// Restricts the host names that the process answers to. Otherwise a malicious page whose name resolves to this machine (DNS rebinding)
/// could read what only this machine may request.
/// </summary>
internal static class HostNames
{
    private static readonly string[] Loopback = ["localhost", "*.localhost", "127.0.0.1", "[::1]"];

    /// <summary>Lets the platform's own filter accept everything, since its refusals are not problem documents.</summary>
    public static void AddHostNames(this IServiceCollection services) =>
        services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);

    /// <summary>
    /// Refuses requests for hosts other than these: the host of <c>Tokens:Issuer</c>, the hosts in <c>AllowedHosts</c> and <c>Urls</c>, and
    /// loopback if the process listens there. The operators' addresses also accept IP addresses and names without a dot, since no malicious
    /// page has such an origin.
    /// </summary>
    public static void UseHostNames(this WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<ListenAddresses>();
        var allowed = Allowed(
            app.Configuration["AllowedHosts"],
            addresses,
            new Uri(app.Services.GetRequiredService<TokenSettings>().Issuer)
        );
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HostNames));
        var hasLogged = 0;
        app.Use(
            (http, next) =>
            {
                var host = Read(http.Request);
                // Only HTTP/1.0 may leave it out, and every browser sends it.
                if (
                    host is { } name
                    && (!name.HasValue || HostString.MatchesAny(name.Host, allowed) || (IsOwnName(name.Host) && http.IsForOperators()))
                )
                    return next(http);

                if (Interlocked.Exchange(ref hasLogged, 1) == 0)
                    logger.LogWarning(
                        "Refused a request for the host {Host}; further refusals are not logged. If it is a name of this service, add it "
                            + "to AllowedHosts",
                        http.Request.Headers.Host.ToString()
                    );
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return http
                    .RequestServices.GetRequiredService<IProblemDetailsService>()
                    .WriteAsync(
                        new() { HttpContext = http, ProblemDetails = { Detail = "This server does not answer to the name in 'Host'." } }
                    )
                    .AsTask();
            }
        );
    }

    // Null for a name whose ASCII form stands for nothing ("xn--"): the framework throws wherever such a name is read.
    private static HostString? Read(HttpRequest request)
    {
        try
        {
            // A fully qualified name with a dot at its end is the same name (RFC 1034, 3.1).
            var host = request.Host;
            return host.HasValue && host.Host is [.. [_, ..] name, '.'] ? new HostString(name) : host;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static IList<StringSegment> Allowed(string? setting, ListenAddresses addresses, Uri issuer)
    {
        var named = addresses
            .Public.Where(address => !address.IsUnixPipe && !address.IsNamedPipe && address.Host is not ("+" or "*" or "0.0.0.0" or "[::]"))
            .Select(address => address.Host)
            .ToList();
        var listed = (setting ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var isOnLoopback =
            named.Count < addresses.Public.Count
            || named.Any(host => !IPAddress.TryParse(host, out var address) || IPAddress.IsLoopback(address));
        return
        [
            .. new[] { issuer.Host }
                .Concat(named)
                .Concat(listed)
                .Concat(isOnLoopback ? Loopback : [])
                .Distinct()
                .Select(name => new StringSegment(name)),
        ];
    }

    private static bool IsOwnName(string host) => !host.Contains('.', StringComparison.Ordinal) || IPAddress.TryParse(host, out _);
}
