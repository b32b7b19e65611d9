namespace Kumiko.Identity.Administration;

/// <summary>The rules for what admins send.</summary>
internal static class AdminRules
{
    /// <summary>The length of a reason, in UTF-16 code units, as the column counts it at most.</summary>
    public const int MaxReason = 500;

    /// <summary>The number of items that a page has unless the caller says otherwise.</summary>
    public const int DefaultLimit = 20;

    /// <summary>The largest number of items of a page.</summary>
    public const int MaxLimit = 100;

    public static IRuleBuilderOptions<T, int> IsLimit<T>(this IRuleBuilderInitial<T, int> rule) =>
        rule.InclusiveBetween(1, MaxLimit).WithMessage($"A page has 1 to {MaxLimit} items.");
}
