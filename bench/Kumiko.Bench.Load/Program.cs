using System.CommandLine;
using Kumiko.Bench.Load;
using Kumiko.Bench.Load.Scenarios;
using Kumiko.Bench.Load.Servers;
using Kumiko.TestHosts.Neighbours;

var scenarios = new Dictionary<string, Action<LoadOptions, string>>
{
    ["requests"] = Requests.Run,
    ["startup"] = Startup.Run,
    ["signin-flood"] = SignInFlood.Run,
    ["depth"] = Depth.Run,
    ["search"] = Search.Run,
    ["neighbours"] = Neighbours.Run,
    ["streams"] = Streams.Run,
    ["events"] = Events.Run,
    ["enumeration"] = Enumeration.Run,
};
string[] providers = ["sqlite", "mysql"];
var mySql = Environment.GetEnvironmentVariable("KUMIKO_BENCH_MYSQL");

var scenario = new Argument<string[]>("scenario")
{
    Description = "What is measured; everything if left out.",
    Arity = ArgumentArity.ZeroOrMore,
    DefaultValueFactory = _ => [.. scenarios.Keys],
}.AcceptOnlyFromAmong([.. scenarios.Keys]);
var provider = new Option<string[]>("--provider")
{
    Description =
        "The databases. MySQL needs KUMIKO_BENCH_MYSQL, the connection string of a user who may create databases; if it is set, both are "
        + "the default.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => mySql is null ? ["sqlite"] : providers,
}.AcceptOnlyFromAmong(providers);
var host = new Option<FileInfo>("--host") { Description = "A published Kumiko.Host.dll to measure instead of the one built along." };
var connections = new Option<int>("--connections") { Description = "How many connections ask at once.", DefaultValueFactory = _ => 64 };
var pairs = new Option<int>("--pairs") { Description = "How many pairs of rounds are measured.", DefaultValueFactory = _ => 7 };
var seconds = new Option<double>("--seconds") { Description = "How long a round is.", DefaultValueFactory = _ => 5 };
var rows = new Option<int>("--rows") { Description = "How many posts there are.", DefaultValueFactory = _ => 10_000 };
var deepRows = new Option<int>("--deep-rows")
{
    Description = "How many posts the large table of 'depth' has.",
    DefaultValueFactory = _ => 10_000_000,
};
var texts = new Option<int>("--texts") { Description = "How many posts 'search' searches.", DefaultValueFactory = _ => 1_000_000 };
var streams = new Option<int>("--streams") { Description = "How many streams 'streams' opens.", DefaultValueFactory = _ => 5_000 };
var events = new Option<int>("--events")
{
    Description =
        "How many events 'events' queues at once, to measure the time until all of them have taken effect in the other module's database.",
    DefaultValueFactory = _ => 20_000,
};
var samples = new Option<int>("--samples")
{
    Description = "How many requests 'enumeration' sends about known addresses, and how many about unknown ones.",
    DefaultValueFactory = _ => 1_000,
};
var noLimits = new Option<bool>("--no-limits") { Description = "Switches the limits of 'neighbours' off, to see what they are good for." };
var attacks = new Option<string[]>("--attacks")
{
    Description = "The kinds of attack that 'neighbours' measures.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [.. HostileClient.Kinds],
}.AcceptOnlyFromAmong([.. HostileClient.Kinds]);
var history = new Option<FileInfo>("--history") { Description = "A file with the ratios of earlier runs, to compare with or to add to." };
var commit = new Option<string>("--commit") { Description = "Adds the ratios to the history, as those of this commit." };
var allowedLoss = new Option<double>("--allowed-loss")
{
    Description = "The loss against the newest ratio in the history, beyond the spread of both, up to which the run succeeds.",
    DefaultValueFactory = _ => 0.1,
};

var command = new RootCommand("Puts the Host under load, in turns with what it is compared with, and prints the ratios.")
{
    scenario,
    provider,
    host,
    connections,
    pairs,
    seconds,
    rows,
    deepRows,
    texts,
    attacks,
    noLimits,
    streams,
    events,
    samples,
    history,
    commit,
    allowedLoss,
    Attacker.Command(),
    Listeners.Command(),
};
command.SetAction(result =>
{
    var options = new LoadOptions(
        result.GetRequiredValue(provider),
        mySql,
        result.GetValue(host),
        result.GetRequiredValue(connections),
        result.GetRequiredValue(pairs),
        TimeSpan.FromSeconds(result.GetRequiredValue(seconds)),
        result.GetRequiredValue(rows),
        result.GetRequiredValue(deepRows),
        result.GetRequiredValue(texts),
        result.GetRequiredValue(attacks),
        result.GetValue(noLimits),
        result.GetRequiredValue(streams),
        result.GetRequiredValue(events),
        result.GetRequiredValue(samples),
        new History(result.GetValue(history), result.GetValue(commit), result.GetRequiredValue(allowedLoss))
    );
    foreach (var name in result.GetRequiredValue(scenario))
    {
        foreach (var database in options.Providers)
            scenarios[name](options, database);
    }

    if (options.History.Losses is not { Count: > 0 } losses)
        return 0;

    Console.Error.WriteLine($"Slower than before:{Environment.NewLine}{string.Join(Environment.NewLine, losses)}");
    return 1;
});

return command.Parse(args).Invoke();
