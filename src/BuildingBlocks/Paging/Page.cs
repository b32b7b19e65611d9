namespace Kumiko.BuildingBlocks.Paging;

/// <summary>A page of a list, newest first.</summary>
/// <param name="Items">The rows of the page.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last page.</param>
public readonly record struct Page<T>(IReadOnlyList<T> Items, string? NextCursor);
