using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Identity.Passkeys;

/// <summary>The rules for passkeys.</summary>
internal static class PasskeyRules
{
    /// <summary>How many an account may have: more than anybody has devices.</summary>
    public const int PerUser = 20;

    private const string Unnamed = "Passkey";

    /// <summary>The longest name.</summary>
    public const int MaxName = 64;

    /// <summary>A name for a passkey whose owner gave it none.</summary>
    public static string NameFrom(string device)
    {
        var runes = device.EnumerateRunes().Where(rune => rune.Value == ' ' || Visibility.IsVisible(rune)).Take(MaxName);
        var name = string.Concat(runes.Select(rune => rune.ToString())).Trim();
        return name is "" or "?" ? Unnamed : name;
    }

    /// <summary>A name, without white space at its ends.</summary>
    public static IRuleBuilderOptions<T, string?> IsPasskeyName<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Give the passkey a name.")
            .Must(name => UnicodeText.Length(name!) <= MaxName)
            .WithMessage($"A name has at most {MaxName} characters.")
            .Must(name => name!.EnumerateRunes().All(rune => rune.Value == ' ' || Visibility.IsVisible(rune)))
            .WithMessage("A name consists of visible characters and spaces.");
}
