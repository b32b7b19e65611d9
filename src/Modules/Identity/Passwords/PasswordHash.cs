using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kumiko.BuildingBlocks.Text;
using NSec.Cryptography;

namespace Kumiko.Identity.Passwords;

/// <summary>
/// Argon2id (RFC 9106) as a string in PHC form, <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c>, which carries its own parameters, so that
/// they can grow while older hashes still verify. Hashing is slow by design: only <see cref="PasswordLimiter"/> calls it.
/// </summary>
internal static class PasswordHash
{
    private const int SaltSize = 16;
    private const int HashSize = 32;

    /// <summary>A hash of a password that nobody knows. Verifying it takes as long as verifying a real one.</summary>
    public static string CreateDummy(Argon2Parameters parameters) =>
        Format(parameters, RandomNumberGenerator.GetBytes(SaltSize), RandomNumberGenerator.GetBytes(HashSize));

    /// <summary>Hashes a password with a new salt.</summary>
    public static string Create(string password, Argon2Parameters parameters)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return Format(parameters, salt, Derive(password, salt, parameters));
    }

    /// <summary>Whether the password is the one that was hashed.</summary>
    /// <exception cref="FormatException">The stored text is not a hash of this class.</exception>
    public static bool Verify(string password, string hash)
    {
        var (parameters, salt, expected) = Parse(hash);
        return CryptographicOperations.FixedTimeEquals(Derive(password, salt, parameters), expected);
    }

    /// <summary>Whether the hash was made with weaker parameters than these.</summary>
    /// <exception cref="FormatException">The stored text is not a hash of this class.</exception>
    public static bool IsWeaker(string hash, Argon2Parameters current)
    {
        var parameters = Parse(hash).Parameters;
        return parameters.MemorySize < current.MemorySize || parameters.NumberOfPasses < current.NumberOfPasses;
    }

    private static byte[] Derive(string password, byte[] salt, Argon2Parameters parameters)
    {
        // NIST SP 800-63B 5.1.1.2: normalise before hashing, so that the same password typed on another keyboard matches.
        var bytes = Encoding.UTF8.GetBytes(Nfkc.Compose(password));
        try
        {
            return PasswordBasedKeyDerivationAlgorithm.Argon2id(parameters).DeriveBytes(bytes, salt, HashSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static string Format(Argon2Parameters parameters, byte[] salt, byte[] hash) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"$argon2id$v=19$m={parameters.MemorySize},t={parameters.NumberOfPasses},p={parameters.DegreeOfParallelism}"
                + $"${Encode(salt)}${Encode(hash)}"
        );

    private static (Argon2Parameters Parameters, byte[] Salt, byte[] Hash) Parse(string hash)
    {
        // The first part is empty, because the text starts with the separator.
        var parts = hash.Split('$');
        if (parts is not ["", "argon2id", "v=19", var settings, var salt, var expected])
            throw new FormatException("A stored password hash is not in the form $argon2id$v=19$...");

        var numbers = settings.Split(',');
        if (numbers is not [['m', '=', .. var memory], ['t', '=', .. var passes], ['p', '=', .. var lanes]])
            throw new FormatException("A stored password hash has unknown parameters.");

        var parameters = new Argon2Parameters
        {
            MemorySize = long.Parse(memory, CultureInfo.InvariantCulture),
            NumberOfPasses = long.Parse(passes, CultureInfo.InvariantCulture),
            DegreeOfParallelism = int.Parse(lanes, CultureInfo.InvariantCulture),
        };
        return (parameters, Decode(salt), Decode(expected));
    }

    // PHC strings use the standard alphabet without padding.
    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Decode(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
