namespace Kumiko.Identity.Secrets;

/// <summary>The rules for one-time secrets that clients send.</summary>
internal static class SecretRules
{
    /// <summary>More than any secret has, so that later versions may make longer ones.</summary>
    public const int MaxLength = 256;

    /// <summary>Something that may be a secret. Whether it is one, only the table shows.</summary>
    public static IRuleBuilderOptions<T, string> IsSecret<T>(this IRuleBuilderInitial<T, string> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Send the token of the link.")
            .MaximumLength(MaxLength)
            .WithMessage($"A token has at most {MaxLength} characters.");
}
