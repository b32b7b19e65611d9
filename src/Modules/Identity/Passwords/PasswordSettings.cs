using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;
using NSec.Cryptography;

namespace Kumiko.Identity.Passwords;

/// <summary>How passwords are hashed, and where they are looked up.</summary>
internal sealed class PasswordSettings
{
    // OWASP's Password Storage Cheat Sheet: 19 MiB and two passes is the smallest memory-hard setting it recommends.
    private const int MinMemory = 19 * 1024;
    private const int MinPasses = 2;

    // Every sign-in that runs needs this memory at the same time.
    private const int MaxMemory = 1024 * 1024;
    private const int MaxPasses = 20;

    /// <exception cref="InvalidSettingException">A setting is not a valid number or address.</exception>
    public PasswordSettings(IConfiguration configuration)
    {
        Hashing = new Argon2Parameters
        {
            MemorySize = Number(configuration, "Identity:PasswordMemoryKiB", MinMemory, MaxMemory),
            NumberOfPasses = Number(configuration, "Identity:PasswordPasses", MinPasses, MaxPasses),
            DegreeOfParallelism = 1,
        };
        BreachLookup = Address(configuration, "Identity:BreachLookup");
    }

    /// <summary>
    /// The parameters of new hashes (<c>Identity:PasswordMemoryKiB</c>, <c>Identity:PasswordPasses</c>); OWASP's minimum if left out.
    /// </summary>
    public Argon2Parameters Hashing { get; }

    /// <summary>The range service to ask (<c>Identity:BreachLookup</c>); null for none.</summary>
    public Uri? BreachLookup { get; }

    private static int Number(IConfiguration configuration, string setting, int min, int max) =>
        configuration.ReadWholeNumber(setting, min, min, max, $"a whole number from {min} to {max}");

    private static Uri? Address(IConfiguration configuration, string setting) =>
        configuration[setting] is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && text.EndsWith('/') ? address
        : throw new InvalidSettingException(
            $"{setting} is '{text}': set it to an address that ends in a slash, such as 'https://api.pwnedpasswords.com/range/'."
        );
}
