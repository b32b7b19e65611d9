using System.Diagnostics;
using System.Globalization;
using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Load;
using Kumiko.Bench.Load.Servers;
using Kumiko.TestHosts.Client;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>
/// Measures whether the time of an answer reveals if an address has an account. Requests about known and unknown addresses take turns in a
/// random order on one connection, with every limit on, but so high that none refuses. Prints the p value of the Mann-Whitney test.
/// </summary>
internal static class Enumeration
{
    private const string Password = "seven pine needles";

    // What a stranger registers with, to see whether it signs in.
    private const string Tried = "eight maple leaves";

    // Below this, the times differ by more than chance.
    private const double Significance = 0.01;

    private static readonly Dictionary<string, string> Limits = new(StringComparer.Ordinal)
    {
        ["RateLimits__PasswordFailures"] = "99999",
        ["RateLimits__PasswordFailuresPerAddress"] = "99999",
        ["RateLimits__RegistrationsPerHour"] = "99999",
        ["RateLimits__PasswordRequestsPerMinute"] = "99999",
        ["RateLimits__MailRequestsPerHour"] = "99999",
        ["RateLimits__LinkRequestsPerMinute"] = "99999",
    };

    public static void Run(LoadOptions options, string provider)
    {
        var assemblies = Assemblies.Find(options.Host);
        using (var database = BenchDatabase.Create(provider, options.MySql, "known"))
        {
            assemblies.Migrate(database);
            using var host = Start(assemblies, database, []);
            using var connection = new HttpConnection(host.Port);
            RegisterKnown(connection, options.Samples, 201);
            var guarded = GuardedEmail(host.Address).GetAwaiter().GetResult();
            Compare("forgot: known and unknown address", (n, isKnown) => Forgot(Email(n, isKnown)), 202);
            Compare("login: known and unknown address", (n, isKnown) => SignIn(Email(n, isKnown)), 401);
            Compare(
                "login: known address with a second factor and unknown address",
                (n, isKnown) => SignIn(isKnown ? guarded : Email(0, isKnown: false)),
                401
            );
            void Compare(string name, Func<int, bool, byte[]> request, int status) =>
                Print(new Row("enumeration", name, provider), Measure(connection, options.Samples, request, status));
        }

        using (var database = BenchDatabase.Create(provider, options.MySql, "hidden"))
        {
            assemblies.Migrate(database);
            using var host = Start(
                assemblies,
                database,
                new() { ["Identity__RevealTakenEmails"] = "false", ["Identity__RequireVerifiedEmail"] = "to_sign_in" }
            );
            using var connection = new HttpConnection(host.Port);
            RegisterKnown(connection, options.Samples, 202);
            Print(
                new Row("enumeration", "register where it is hidden: known and unknown address", provider),
                Measure(connection, options.Samples, (n, isKnown) => Register(Email(n, isKnown), Name(n, isKnown), Tried), 202)
            );
            Print(
                new Row("enumeration", "login after that: known and new address with the password of the registration", provider),
                Measure(connection, options.Samples, (n, isKnown) => SignIn(Email(n, isKnown), Tried), 401)
            );
        }
    }

    private static ServerProcess Start(Assemblies assemblies, BenchDatabase database, Dictionary<string, string> more) =>
        assemblies.StartHost(
            database,
            limits: true,
            more: new Dictionary<string, string>(Limits.Concat(more))
            {
                // Mails are queued and sent, as on a real site.
                ["Mail__Folder"] = Path.Combine(Path.GetTempPath(), $"kumiko-bench-mail-{Environment.ProcessId}"),
            }
        );

    // Each request about an address of its own, as somebody would send who has a list: a second one about the same address is counted.
    private static (List<double> Known, List<double> Unknown) Measure(
        HttpConnection connection,
        int samples,
        Func<int, bool, byte[]> request,
        int status
    )
    {
        var (known, unknown) = (new List<double>(samples), new List<double>(samples));
        // The first requests are slower, whatever they ask.
        for (var n = 0; n < 20; n++)
            connection.Ask(request(samples + n, false), status);
        var turns = Enumerable.Range(0, samples).SelectMany(n => new[] { (n, IsKnown: true), (n, IsKnown: false) }).ToArray();
        Random.Shared.Shuffle(turns);
        foreach (var (n, isKnown) in turns)
        {
            var bytes = request(n, isKnown);
            var since = Stopwatch.GetTimestamp();
            connection.Ask(bytes, status);
            (isKnown ? known : unknown).Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }

        return (known, unknown);
    }

    private static void Print(Row row, (List<double> Known, List<double> Unknown) times)
    {
        var p = MannWhitney.P(times.Known, times.Unknown);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{row}: p = {p:0.0000}{(p < Significance ? ", which tells them apart" : "")}; "
                    + $"medians {Median(times.Known):0.000} and {Median(times.Unknown):0.000} ms; {times.Known.Count} each"
            )
        );
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void RegisterKnown(HttpConnection connection, int count, int status)
    {
        for (var n = 0; n < count; n++)
            connection.Ask(Register(Email(n, isKnown: true), $"known{n}"), status);
    }

    private static async Task<string> GuardedEmail(Uri address)
    {
        using var caller = new Caller(address);
        var person = await Person.JoinAsync(caller, "guarded");
        await person.UseAuthenticatorAsync();
        return person.Email;
    }

    private static string Email(int n, bool isKnown) => $"{(isKnown ? "known" : "other")}-{n}@example.com";

    private static string Name(int n, bool isKnown) => $"{(isKnown ? "again" : "first")}{n}";

    private static byte[] Register(string email, string name, string password = Password) =>
        HttpConnection.Post("/api/auth/register", $$"""{"email":"{{email}}","username":"{{name}}","password":"{{password}}"}""");

    private static byte[] SignIn(string email, string password = "a guess in vain") =>
        HttpConnection.Post("/api/auth/login", $$"""{"email":"{{email}}","password":"{{password}}"}""");

    private static byte[] Forgot(string email) => HttpConnection.Post("/api/auth/password/forgot", $$"""{"email":"{{email}}"}""");
}
