using FluentValidation;

namespace Kumiko.BuildingBlocks.Validation;

/// <summary>What a rule of a query's validator says besides its message.</summary>
public static class QueryRules
{
    internal const string Readable = "readable";

    /// <summary>A value that breaks the rule can be understood and is too much: 422 and not 400.</summary>
    public static IRuleBuilderOptions<T, TProperty> IsReadable<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule) =>
        rule.WithErrorCode(Readable);
}
