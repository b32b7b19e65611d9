using System.Globalization;
using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Identity.Keys;

/// <summary>How long a key signs (<c>Tokens:KeyLifetime</c>, 30 days if left out).</summary>
internal sealed class SigningKeySettings
{
    private static readonly TimeSpan MinLifetime = 2 * SigningKeyRing.PublishedBefore;

    public SigningKeySettings(IConfiguration configuration)
    {
        var text = configuration["Tokens:KeyLifetime"];
        Lifetime =
            string.IsNullOrEmpty(text) ? TimeSpan.FromDays(30)
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var lifetime) && lifetime >= MinLifetime ? lifetime
            : throw new InvalidSettingException(
                $"Tokens:KeyLifetime is '{text}': set it to two hours or more, such as '30.00:00:00' for 30 days."
            );
    }

    public TimeSpan Lifetime { get; }
}
