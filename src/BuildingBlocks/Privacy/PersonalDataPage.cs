namespace Kumiko.BuildingBlocks.Privacy;

/// <summary>A page of what a module holds about a user.</summary>
/// <param name="Items">The rows; each becomes an object of the file's list.</param>
/// <param name="Next">Where the next page begins; null if this is the last.</param>
public sealed record PersonalDataPage(IReadOnlyList<object> Items, long? Next);
