using FluentValidation;

namespace Kumiko.BuildingBlocks.Paging;

/// <summary>How many items a page of a list has.</summary>
public static class PageRules
{
    /// <summary>The number of items that a page has unless the caller says otherwise.</summary>
    public const int DefaultLimit = 20;

    /// <summary>The largest number of items of a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>The rule for the number of items that a caller asks for.</summary>
    public static IRuleBuilderOptions<T, int> IsLimit<T>(this IRuleBuilderInitial<T, int> rule) =>
        rule.InclusiveBetween(1, MaxLimit).WithMessage($"A page has 1 to {MaxLimit} items.");
}
