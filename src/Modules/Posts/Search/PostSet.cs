using System.Buffers.Binary;
using System.Numerics;

namespace Kumiko.Posts.Search;

/// <summary>
/// A set of posts in a segment. It is stored as a list of places of two bytes each, or as one bit for every place where that is shorter.
/// </summary>
internal sealed class PostSet
{
    private const int BytesOfBits = Segment.Size / 8;

    /// <summary>The maximum size of a stored set.</summary>
    public const int MaxStored = BytesOfBits;

    private readonly ulong[] _bits = new ulong[Segment.Size / 64];

    /// <summary>The number of posts.</summary>
    public int Count => _bits.Sum(BitOperations.PopCount);

    /// <summary>Reads a stored set.</summary>
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

    /// <summary>Writes the set in its stored form.</summary>
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

    /// <summary>Adds the post at a place.</summary>
    public void Add(int place) => _bits[place >> 6] |= 1UL << (place & 63);

    /// <summary>Removes the post at a place.</summary>
    public void Remove(int place) => _bits[place >> 6] &= ~(1UL << (place & 63));

    /// <summary>Keeps only the posts that the other set contains too.</summary>
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
