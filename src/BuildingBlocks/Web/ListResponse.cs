using System.ComponentModel.DataAnnotations;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>A page of a list, newest first.</summary>
/// <param name="Items">At most as many as <c>limit</c> asked for.</param>
/// <param name="NextCursor">What to send as <c>cursor</c> for the next page; null on the last.</param>
public sealed record ListResponse<T>(IReadOnlyList<T> Items, [property: MaxLength(255), Example("\"AAAAAAAAACpS0Vx4tq9nQn1mJ2b7hE3d\"")] string? NextCursor);
