using System.Buffers.Binary;
using System.Numerics;

namespace Kumiko.Posts.Search;

/// <summary>
/// Some posts of a segment. Stored it is a list of places of two bytes each, or a bit for every place where that is shorter.
/// </summary>
internal sealed class PostSet
{
    private const int BytesOfBits = Segment.Size / 8;

    /// <summary>The longest that one is when stored.</summary>
    public const int MaxStored = BytesOfBits;

    private readonly ulong[] _bits = new ulong[Segment.Size / 64];

    /// <summary>How many posts there are.</summary>
    public int Count => _bits.Sum(BitOperations.PopCount);

    /// <summary>Reads one that was stored.</summary>
    public static PostSet Read(byte[] stored)
    {
        var posts = new PostSet();
        if (stored.Length == BytesOfBits)
        {
            for (var i = 0; i < posts._bits.Length; i++)
                posts._bits[i] = BinaryPrimitives.ReadUInt64LittleEndian(stored.AsSpan(i * 8));
        }
        else
        {
            for (var i = 0; i < stored.Length; i += 2)
                posts.Add(BinaryPrimitives.ReadUInt16LittleEndian(stored.AsSpan(i)));
        }

        return posts;
    }

    /// <summary>What is stored.</summary>
    public byte[] Write()
    {
        var count = Count;
        var stored = new byte[Math.Min(count * 2, BytesOfBits)];
        if (stored.Length == BytesOfBits)
        {
            for (var i = 0; i < _bits.Length; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(stored.AsSpan(i * 8), _bits[i]);
        }
        else
        {
            var at = count * 2;
            foreach (var place in NewestFirst())
                BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(at -= 2), (ushort)place);
        }

        return stored;
    }

    /// <summary>Puts the post at a place in.</summary>
    public void Add(int place) => _bits[place >> 6] |= 1UL << (place & 63);

    /// <summary>Takes the post at a place out.</summary>
    public void Remove(int place) => _bits[place >> 6] &= ~(1UL << (place & 63));

    /// <summary>Leaves only what the other one has too.</summary>
    public void IntersectWith(PostSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] &= other._bits[i];
    }

    /// <summary>The places, from the last to the first.</summary>
    public IEnumerable<int> NewestFirst()
    {
        for (var i = _bits.Length - 1; i >= 0; i--)
        {
            for (var left = _bits[i]; left != 0; )
            {
                var bit = 63 - BitOperations.LeadingZeroCount(left);
                left &= ~(1UL << bit);
                yield return (i << 6) + bit;
            }
        }
    }
}
