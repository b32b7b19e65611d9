using System.Globalization;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Audit;

/// <summary>
/// Reads the whole audit trail and finds whether anything in it was changed, added or removed by anything but this program.
/// </summary>
internal sealed class AuditVerification(IdentityDatabase database, HashKey hashKey, AuditChain chain) : IAuditVerification
{
    private const int BatchSize = 1_000;

    /// <inheritdoc />
    public async Task<AuditVerdict> VerifyAsync(string? known, CancellationToken cancellationToken)
    {
        await hashKey.LoadAsync(cancellationToken);
        while (true)
        {
            await using var session = await database.OpenAsync(cancellationToken);
            var head = await session.ReadAuditHeadAsync(cancellationToken);
            if (head is null)
                return Broken("The table audit_chain has lost its row, which says where the audit trail begins and ends.");

            var verdict = await VerifyAsync(session, head, known, cancellationToken);
            // Old entries may be deleted meanwhile, and with them those that were to be read.
            if (verdict.IsIntact || (await session.ReadAuditHeadAsync(cancellationToken))?.AnchorId == head.AnchorId)
                return verdict;
        }
    }

    private async Task<AuditVerdict> VerifyAsync(
        DatabaseSession session,
        AuditHead head,
        string? known,
        CancellationToken cancellationToken
    )
    {
        if (!chain.IsSealed(head))
            return Broken("The row of audit_chain was changed.");

        var (lastId, lastHash, count) = (head.AnchorId, head.AnchorId == 0 ? AuditChain.Genesis : head.AnchorHash, 0L);
        var isKnownSeen = known is null || known == Name(lastId, lastHash);
        var (erased, deleted) = (new Dictionary<string, long>(), new HashSet<string>());
        // From the very first: none may be older than the anchor.
        for (var after = -1L; ; after = lastId)
        {
            var rows = await session.ReadAuditAfterAsync(after, long.MaxValue, BatchSize, cancellationToken);
            // What was added since the head was read is for the next time.
            foreach (var row in rows.TakeWhile(row => row.Id <= head.LastId))
            {
                if (row.Id <= lastId)
                    return Broken($"Entry {row.Id} of the audit trail is not one of the program's: the trail begins after {lastId}.");
                if (row.Id != lastId + 1)
                    return Broken(Missing(lastId + 1, row.Id - 1));
                if (!chain.IsIntact(row, lastHash))
                    return Broken($"Entry {row.Id} of the audit trail was changed.");

                Note(row, erased, deleted);
                (lastId, lastHash, count) = (row.Id, row.Hash, count + 1);
                isKnownSeen |= known == Name(lastId, lastHash);
            }

            if (rows.Count < BatchSize || lastId >= head.LastId)
                break;
        }

        if (lastId != head.LastId)
            return Broken(Missing(lastId + 1, head.LastId));
        if (!lastHash.AsSpan().SequenceEqual(head.AnchorId == head.LastId && head.LastId > 0 ? head.AnchorHash : head.LastHash))
            return Broken($"Entry {lastId} of the audit trail was changed.");
        foreach (var (person, id) in erased)
        {
            if (!deleted.Contains(person))
                return Broken($"Entry {id} of the audit trail was changed: it lost its account, which was not deleted.");
        }

        // The newest entry first: then the head is at least as new, however many are being written.
        var newestId = await session.ReadNewestAuditIdAsync(cancellationToken) ?? 0;
        if (newestId > (await session.ReadAuditHeadAsync(cancellationToken))?.LastId)
            return Broken($"Entry {newestId} of the audit trail was added by something other than this program.");
        if (!isKnownSeen)
            return Broken($"The audit trail does not contain {known}: newer entries were removed, or it was replaced.");
        return new AuditVerdict(
            IsIntact: true,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The audit trail is intact: {count} entries. Its newest is {Name(lastId, lastHash)}."
            )
        );
    }

    private static void Note(AuditRow row, Dictionary<string, long> erased, HashSet<string> deleted)
    {
        if (row is { ActorDigest: { } actor, ActorId: null })
            erased.TryAdd(Convert.ToHexStringLower(actor), row.Id);
        if (row is { SubjectDigest: { } subject, SubjectId: null })
            erased.TryAdd(Convert.ToHexStringLower(subject), row.Id);
        if (row.SubjectDigest is { } account && row.Action == AuditAction.AccountDeletion.Name())
            deleted.Add(Convert.ToHexStringLower(account));
    }

    private static string Name(long id, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}:{Convert.ToHexStringLower(hash.AsSpan(0, 16))}");

    private static string Missing(long first, long last) =>
        first == last ? $"Entry {first} of the audit trail is missing." : $"Entries {first} to {last} of the audit trail are missing.";

    private static AuditVerdict Broken(string sentence) => new(IsIntact: false, sentence);
}
