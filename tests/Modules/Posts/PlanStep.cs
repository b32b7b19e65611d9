namespace Kumiko.Posts.Tests;

/// <summary>A step of a plan: <c>Detail</c> is from SQLite, and the rest from MySQL.</summary>
internal sealed record PlanStep
{
    // A queue is short, and read from its end.
    private static readonly string[] Tables = ["posts", "p", "authors", "a", "search_postings"];

    public string? Detail { get; init; }
    public string? Table { get; init; }
    public string? Type { get; init; }
    public string? Key { get; init; }
    public string? Extra { get; init; }

    /// <summary>Whether the step reads a whole table, or a whole index of it.</summary>
    public bool IsScan =>
        Detail is not null
            ? Tables.Any(table => $"{Detail} ".StartsWith($"SCAN {table} ", StringComparison.Ordinal))
            : Type is "ALL" or "index" && Tables.Contains(Table);

    /// <summary>Whether the step sorts, or collects rows in a temporary table.</summary>
    public bool IsSort =>
        Detail?.Contains("TEMP B-TREE", StringComparison.Ordinal)
        ?? (
            Extra is not null
            && (Extra.Contains("filesort", StringComparison.Ordinal) || Extra.Contains("temporary", StringComparison.Ordinal))
        );

    /// <summary>Whether the step reads along an index.</summary>
    public bool Uses(string index) => Key == index || Detail?.Contains($" {index} ", StringComparison.Ordinal) == true;
}
