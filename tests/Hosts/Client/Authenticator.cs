using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Kumiko.TestHosts.Client;

/// <summary>
/// An authenticator app (RFC 6238). It shows two codes that are good at once: that of the present step, and then that of the next.
/// </summary>
public sealed class Authenticator(byte[] secret)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private long _last;

    /// <summary>The codes that replace the app, each once.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; set; } = [];

    /// <summary>An app into which somebody typed the secret.</summary>
    public static Authenticator Of(string secret)
    {
        var bits = string.Concat(secret.Select(letter => Base32.IndexOf(letter, StringComparison.Ordinal).ToString("b5", null)));
        return new([.. bits.Chunk(8).Select(eight => Convert.ToByte(new string(eight), 2))]);
    }

    /// <summary>A code that was not shown before.</summary>
    public string Next()
    {
        _last = Math.Max(_last + 1, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
        return At(_last);
    }

    /// <summary>The code of a step of 30 s.</summary>
    public string At(long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The algorithm of the RFC, which every app knows.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>Six digits that are no code of this time.</summary>
    public string Wrong()
    {
        var step = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30;
        var near = Enumerable.Range(-3, 7).Select(offset => At(step + offset)).ToHashSet();
        return Enumerable.Range(100_000, 10).Select(number => $"{number}").First(code => !near.Contains(code));
    }
}
