namespace Kumiko.Identity.Tokens;

/// <summary>Where a new refresh token goes.</summary>
internal static class TokenDelivery
{
    public const string InCookie = "cookie";
    public const string InBody = "body";

    /// <summary>
    /// Whether it goes into the body of the answer. In any case: clients made by NSwag for System.Text.Json write <c>Body</c>.
    /// </summary>
    public static bool IsInBody(string? delivery) => InBody.Equals(delivery, StringComparison.OrdinalIgnoreCase);

    public static IRuleBuilderOptions<T, string?> IsTokenDelivery<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Must(delivery => delivery is null || IsInBody(delivery) || InCookie.Equals(delivery, StringComparison.OrdinalIgnoreCase))
            .WithMessage($"The refresh token is delivered by '{InCookie}' or '{InBody}'.");
}
