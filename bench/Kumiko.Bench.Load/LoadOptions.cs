namespace Kumiko.Bench.Load;

/// <summary>What the command line asks for.</summary>
/// <param name="Providers"><c>sqlite</c>, <c>mysql</c> or both.</param>
/// <param name="MySql">Connection string of a MySQL user who may create databases.</param>
/// <param name="Host">Another Host than the one built along.</param>
/// <param name="Connections">How many connections ask at once.</param>
/// <param name="Pairs">How many pairs of rounds are measured.</param>
/// <param name="Round">How long a round is.</param>
/// <param name="Rows">How many posts the databases hold.</param>
/// <param name="DeepRows">How many the large one of the scenario <c>depth</c> holds.</param>
internal sealed record LoadOptions(
    IReadOnlyList<string> Providers,
    string? MySql,
    FileInfo? Host,
    int Connections,
    int Pairs,
    TimeSpan Round,
    int Rows,
    int DeepRows
);
