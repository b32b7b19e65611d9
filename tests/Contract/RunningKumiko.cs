using Kumiko.Contract.Documents;

[assembly: AssemblyFixture(typeof(RunningKumiko))]

namespace Kumiko.Contract;

/// <summary>
/// The system that most tests use: started once, shared by all. <c>KUMIKO_TEST_URL</c> names one that already runs elsewhere.
/// </summary>
public sealed class RunningKumiko : IAsyncLifetime
{
    private readonly Lock _door = new();
    private readonly Dictionary<string, (Task<Person> Person, DateTimeOffset Since)> _regulars = [];
    private static IRunningHost? _host;
    private IInstallation? _installation;

    /// <summary>A client that hasn't signed in.</summary>
    public Caller Anyone { get; private set; } = null!;

    /// <summary>The shared process, where there is one: for tests of what its operators' address, its log or its folder shows.</summary>
    public static HostProcess Host => (HostProcess)_host!;

    /// <summary>The working directory of the shared process.</summary>
    public string Folder => ((Installation)_installation!).Folder;

    public async ValueTask InitializeAsync()
    {
        var elsewhere = Environment.GetEnvironmentVariable("KUMIKO_TEST_URL");
        if (elsewhere is { Length: > 0 })
        {
            Anyone = new Caller(new Uri(elsewhere));
            Caller.Inspect = (await DescribedAnswers.OfAsync(Anyone)).Check;
            return;
        }

        var topology = new Topology();
        if (topology.Missing is not null)
            return;
        _installation = await topology.InstallAsync();
        _host = await _installation.StartAsync();
        Anyone = new Caller(_host.Address);
        Caller.Inspect = (await DescribedAnswers.OfAsync(Anyone)).Check;
    }

    /// <summary>Registers and signs in a new person, for tests that need a separate account.</summary>
    public Task<Person> NewPersonAsync(string name = "someone") => Person.JoinAsync(Anyone, name);

    /// <summary>Alice, who writes. Other tests use her at the same time, so nothing may depend on what else she does.</summary>
    public Task<Person> AliceAsync() => RegularAsync("alice");

    /// <summary>Bob, another person, shared like Alice.</summary>
    public Task<Person> BobAsync() => RegularAsync("bob");

    /// <summary>
    /// A person whom tests share: registering costs two slow hashes. A person has at most fifty sessions, so a class whose tests sign in
    /// often has one of its own. Access tokens are valid for ten minutes.
    /// </summary>
    public Task<Person> RegularAsync(string name) => RegularAsync(name, () => NewPersonAsync(name));

    private Task<Person> RegularAsync(string name, Func<Task<Person>> joinAsync)
    {
        lock (_door)
        {
            if (!_regulars.TryGetValue(name, out var regular) || DateTimeOffset.UtcNow - regular.Since > TimeSpan.FromMinutes(5))
                _regulars[name] = regular = (joinAsync(), DateTimeOffset.UtcNow);
            return regular.Person;
        }
    }

    /// <summary>A new person with this role, which the operator's command gives them; a person with a token of that role.</summary>
    public async Task<Person> NewPersonOfRoleAsync(string role)
    {
        var person = await NewPersonAsync(role);
        await GiveRoleAsync(person.Email, role);
        await person.RefreshAsync();
        return person;
    }

    /// <summary>Gives an account a role, as the operator does.</summary>
    public Task GiveRoleAsync(string email, string role) => RunAsync($"user promote {email} --role {role}");

    /// <summary>Runs a command of the program, as the operator does.</summary>
    public Task<string> RunAsync(string command)
    {
        Assert.SkipWhen(_installation is null, "Nobody can run the program's commands on a Kumiko that runs elsewhere.");
        return _installation!.RunAsync(command);
    }

    /// <summary>A moderator, shared like Alice.</summary>
    public Task<Person> ModeratorAsync() => RegularAsync("moderator", () => NewPersonOfRoleAsync("moderator"));

    /// <summary>An admin, shared like Alice.</summary>
    public Task<Person> AdminAsync() => RegularAsync("admin", () => NewPersonOfRoleAsync("admin"));

    /// <summary>Alice, or an admin for what only admins may do.</summary>
    public Task<Person> WhoMayAsync(string path) => path.Contains("/admin/", StringComparison.Ordinal) ? AdminAsync() : AliceAsync();

    public async ValueTask DisposeAsync()
    {
        Anyone?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_installation is not null)
            await _installation.DisposeAsync();
        CheckNewLog();
    }

    /// <summary>What the shared Host has logged since the last call, for a test that runs alone and expects an error there.</summary>
    internal static string NewLog() => _host?.NewLog() ?? "";

    /// <summary>Asserts that what the shared Host has logged since the last call is clean.</summary>
    internal static void CheckNewLog()
    {
        var log = NewLog();
        HostLog.HoldsNothingPrivate(log);
        HostLog.HoldsNoUnhandledError(log);
    }
}
