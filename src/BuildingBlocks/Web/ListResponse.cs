using System.ComponentModel.DataAnnotations;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>A page of a list, newest first.</summary>
/// <param name="Items">At most <c>limit</c> items.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last page.</param>
public sealed record ListResponse<T>(
    IReadOnlyList<T> Items,
    [property: MaxLength(255), Example("\"AAAAAAAAACpS0Vx4tq9nQn1mJ2b7hE3d\"")] string? NextCursor
);
