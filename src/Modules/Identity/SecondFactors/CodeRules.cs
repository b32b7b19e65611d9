namespace Kumiko.Identity.SecondFactors;

internal static class CodeRules
{
    /// <summary>Limits only the length: what is not a code gets the same answer as a wrong one.</summary>
    public static IRuleBuilderOptions<T, string?> IsCode<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.MaximumLength(SecondFactor.MaxCode).WithMessage("This is too long for a code.");

    /// <summary>A code that must be there.</summary>
    public static IRuleBuilderOptions<T, string?> IsNeededCode<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.NotEmpty()
            .WithMessage("Enter a code of the authenticator app.")
            .MaximumLength(SecondFactor.MaxCode)
            .WithMessage("This is too long for a code.");
}
