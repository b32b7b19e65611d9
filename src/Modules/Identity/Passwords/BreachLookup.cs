using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Kumiko.BuildingBlocks.Background;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.Passwords;

/// <summary>
/// Asks a range service, such as that of Have I Been Pwned, whether a password is known from a data breach. The service gets the first five
/// of the forty digits of the password's SHA-1 and answers with all endings that it knows (k-anonymity), so it does not learn the password.
/// While the service does not respond, every password passes.
/// </summary>
internal sealed class BreachLookup : IDisposable
{
    public const string Refusal = "This password is known from a data breach. Choose another.";

    private const int Digits = 5;
    private const int MaxAnswer = 256 * 1024;

    // A person waits for it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly HttpClient? _http;
    private readonly Outage _outage;

    public BreachLookup(PasswordSettings settings, ILogger<BreachLookup> logger)
    {
        _outage = new Outage("Looking up passwords in known breaches", logger, passes: _ => true);
        if (settings.BreachLookup is not { } service)
            return;

        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            BaseAddress = service,
            Timeout = Timeout,
            MaxResponseContentBufferSize = MaxAnswer,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Kumiko", null));
        // Answers of about the same length for every password.
        _http.DefaultRequestHeaders.Add("Add-Padding", "true");
    }

    /// <summary>Whether the service knows the password; false if none is configured or it does not respond.</summary>
    public async ValueTask<bool> ContainsAsync(string password, CancellationToken cancellationToken)
    {
        if (_http is null)
            return false;

        var isKnown = false;
        await _outage.TryAsync(
            async token =>
            {
                var hash = Sha1(password);
                isKnown = Names(await _http.GetStringAsync(hash[..Digits], token), hash[Digits..]);
            },
            cancellationToken
        );
        return isKnown;
    }

    /// <inheritdoc />
    public void Dispose() => _http?.Dispose();

    // A line is an ending, a colon and how often the password was seen; zero for those that only pad the answer.
    private static bool Names(string answer, string ending)
    {
        foreach (var line in answer.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(ending, StringComparison.OrdinalIgnoreCase) && line[ending.Length..] is [':', .. var count])
                return !count.Trim().SequenceEqual("0");
        }

        return false;
    }

    // The services are keyed by it; nothing depends on its strength.
#pragma warning disable CA5350
    private static string Sha1(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
}
