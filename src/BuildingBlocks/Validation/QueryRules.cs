using FluentValidation;
using FluentValidation.Results;

namespace Kumiko.BuildingBlocks.Validation;

/// <summary>What a rule of a query's validator can state besides its message.</summary>
public static class QueryRules
{
    private const string Readable = "readable";

    /// <summary>Declares that a value that breaks the rule is well-formed, but too much: it is answered 422 and not 400.</summary>
    public static IRuleBuilderOptions<T, TProperty> IsReadable<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule) =>
        rule.WithErrorCode(Readable);

    /// <summary>Whether the value that broke a rule is well-formed.</summary>
    internal static bool IsReadable(ValidationFailure failure) => failure.ErrorCode == Readable;
}
