namespace Kumiko.Identity.Mail;

/// <summary>What people call a device.</summary>
internal static class DeviceName
{
    private const int MaxLength = 80;

    // In the order in which to look: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>The browser and the system of a <c>User-Agent</c>, or its beginning if it names none that we know.</summary>
    public static string Of(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
            return "?";

        string?[] known = [Find(Browsers, userAgent), Find(Systems, userAgent)];
        if (known.OfType<string>().ToList() is { Count: > 0 } names)
            return string.Join(", ", names);

        return userAgent.Length <= MaxLength ? userAgent : userAgent[..MaxLength];
    }

    private static string? Find((string Sign, string Name)[] signs, string text) =>
        Array.Find(signs, sign => text.Contains(sign.Sign, StringComparison.Ordinal)).Name;
}
