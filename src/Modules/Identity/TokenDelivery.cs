using FluentValidation;

namespace Kumiko.Identity;

/// <summary>Where a new refresh token goes.</summary>
internal static class TokenDelivery
{
    public const string InCookie = "cookie";
    public const string InBody = "body";

    public static IRuleBuilderOptions<T, string?> IsTokenDelivery<T>(this IRuleBuilderInitial<T, string?> rule) => rule
        .Must(delivery => delivery is null or InCookie or InBody)
        .WithMessage($"The refresh token is delivered by '{InCookie}' or '{InBody}'.");
}
