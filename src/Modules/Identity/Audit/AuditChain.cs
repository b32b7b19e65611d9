using System.Security.Cryptography;
using System.Text;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Audit;

/// <summary>
/// Computes what makes a change of the audit trail visible: each entry's hash covers its content and the hash of the entry before. All
/// hashes are keyed, so that access to the database does not suffice to compute them.
/// </summary>
/// <remarks>
/// What an entry says about people goes into the hash as keyed digests. When an account is deleted, the values go and the digests stay, so
/// that the chain can still be verified.
/// </remarks>
internal sealed class AuditChain(HashKey hashKey)
{
    /// <summary>The hash before the first entry.</summary>
    public static readonly byte[] Genesis = new byte[HMACSHA256.HashSizeInBytes];

    // 128 bits, as in a cursor: enough to distinguish accounts, and too many to find an equal one.
    private const int PersonLength = 16;

    /// <summary>Stands for an account: the same in all entries, so that they still belong together once its number is gone.</summary>
    public byte[]? PersonOf(long? userId) => userId is null ? null : Mac("people", text => text.Write(userId.Value))[..PersonLength];

    /// <summary>The entry that follows another, ready to be stored.</summary>
    /// <param name="row">The entry, without digests and hash.</param>
    /// <param name="previous">The hash of the entry before.</param>
    public AuditRow Link(AuditRow row, byte[] previous)
    {
        var linked = row with
        {
            ActorDigest = PersonOf(row.ActorId),
            SubjectDigest = PersonOf(row.SubjectId),
            PersonalDigest = PersonalOf(row),
        };
        return linked with { Hash = HashOf(linked, previous) };
    }

    /// <summary>Whether the entry is as it was stored, except for what went with a deleted account.</summary>
    public bool IsIntact(AuditRow row, byte[] previous) =>
        Same(row.Hash, HashOf(row, previous))
        && IsPerson(row.ActorId, row.ActorDigest)
        && IsPerson(row.SubjectId, row.SubjectDigest)
        && (row.IsErased ? row is { Client: null, Reason: null } : Same(row.PersonalDigest, PersonalOf(row)));

    /// <summary>Seals where the chain begins and ends.</summary>
    public AuditHead Seal(AuditHead head) => head with { Seal = SealOf(head) };

    /// <summary>Whether this code has written the row; before the first entry there is nothing to seal.</summary>
    public bool IsSealed(AuditHead head) => head is { LastId: 0, AnchorId: 0, Seal: null } || Same(head.Seal ?? [], SealOf(head));

    private static bool Same(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);

    private bool IsPerson(long? userId, byte[]? digest) => userId is null || Same(digest ?? [], PersonOf(userId)!);

    private byte[] PersonalOf(AuditRow row) =>
        Mac(
            "values",
            text =>
            {
                text.Write(row.Id);
                Write(text, row.Client);
                Write(text, row.Reason);
            }
        );

    private byte[] HashOf(AuditRow row, byte[] previous) =>
        Mac(
            "entries",
            text =>
            {
                text.Write(previous);
                text.Write(row.Id);
                text.Write(row.At.ToUnixTimeMilliseconds());
                text.Write(row.Action);
                text.Write(row.Outcome);
                Write(text, row.ActorDigest);
                Write(text, row.SubjectDigest);
                text.Write(row.SessionId ?? 0);
                Write(text, row.Details);
                text.Write(row.PersonalDigest);
            }
        );

    private byte[] SealOf(AuditHead head) =>
        Mac(
            "heads",
            text =>
            {
                text.Write(head.LastId);
                text.Write(head.LastHash);
                text.Write(head.AnchorId);
                text.Write(head.AnchorHash);
            }
        );

    // A text is preceded by its length, so that no two contents have the same bytes.
    private byte[] Mac(string what, Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var text = new BinaryWriter(bytes, Encoding.UTF8))
            write(text);
        return HMACSHA256.HashData(hashKey.For($"identity.audit.{what}"), bytes.ToArray());
    }

    private static void Write(BinaryWriter text, string? value)
    {
        text.Write(value is not null);
        text.Write(value ?? "");
    }

    private static void Write(BinaryWriter text, byte[]? value)
    {
        text.Write(value is not null);
        text.Write(value ?? []);
    }
}
