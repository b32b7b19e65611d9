using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Identity.Passwords;

/// <summary>
/// The passwords that appear most often in data breaches, as a Bloom filter: 197,667 of eight characters and more, from the lists of
/// SecLists and zxcvbn-ts. It contains each of them, and one other password in about 15,000. <c>tools/BreachedPasswords/make.mjs</c> makes
/// it. Loaded on first use; thread-safe.
/// </summary>
internal static class BreachedPasswords
{
    private const int Hashes = 14;
    private static readonly byte[] Filter = Load();

    /// <summary>Whether the password is on the list, in any case.</summary>
    public static bool Contains(string password)
    {
        var word = Encoding.UTF8.GetBytes(Nfkc.Compose(password).ToLowerInvariant());
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(word, hash);
        // Two hashes stand for all (Kirsch and Mitzenmacher, 'Less Hashing, Same Performance', 2006).
        var bit = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        var step = BinaryPrimitives.ReadUInt64LittleEndian(hash[sizeof(ulong)..]) | 1;
        for (var n = 0; n < Hashes; n++, bit = unchecked(bit + step))
        {
            var place = bit % ((ulong)Filter.Length * 8);
            if ((Filter[place / 8] & (1 << (int)(place % 8))) == 0)
                return false;
        }

        return true;
    }

    private static byte[] Load()
    {
        using var stream = typeof(BreachedPasswords).Assembly.GetManifestResourceStream("Kumiko.Identity.Passwords.breached.bin")!;
        var filter = new byte[stream.Length];
        stream.ReadExactly(filter);
        return filter;
    }
}
