namespace Kumiko.Bench.Load;

/// <summary>The options of the command line.</summary>
/// <param name="Providers"><c>sqlite</c>, <c>mysql</c> or both.</param>
/// <param name="MySql">Connection string of a MySQL user who may create databases.</param>
/// <param name="Host">A Host to use instead of the one that was built with this program.</param>
/// <param name="Connections">The number of connections that send at once.</param>
/// <param name="Pairs">The number of pairs of rounds to measure.</param>
/// <param name="Round">The length of a round.</param>
/// <param name="Rows">The number of posts in the databases.</param>
/// <param name="DeepRows">The number of posts in the large database of the scenario <c>depth</c>.</param>
/// <param name="Texts">The number of posts that the scenario <c>search</c> searches.</param>
/// <param name="Attacks">The kinds of attack that the scenario <c>neighbours</c> measures.</param>
/// <param name="NoLimits">Whether the scenario <c>neighbours</c> switches the Host's limits off.</param>
/// <param name="Streams">The number of streams that the scenario <c>streams</c> opens.</param>
/// <param name="Events">The number of events that the scenario <c>events</c> queues at once.</param>
/// <param name="Samples">The number of requests that the scenario <c>enumeration</c> sends about each kind of address.</param>
/// <param name="History">Keeps the ratios, or compares them with earlier ones.</param>
internal sealed record LoadOptions(
    IReadOnlyList<string> Providers,
    string? MySql,
    FileInfo? Host,
    int Connections,
    int Pairs,
    TimeSpan Round,
    int Rows,
    int DeepRows,
    int Texts,
    IReadOnlyList<string> Attacks,
    bool NoLimits,
    int Streams,
    int Events,
    int Samples,
    History History
);
