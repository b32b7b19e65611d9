using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Failures;
using Kumiko.BuildingBlocks.Json;
using Kumiko.BuildingBlocks.Security;
using MySqlConnector;

namespace Kumiko.BuildingBlocks.Idempotency;

/// <summary>
/// Lets a caller repeat a <c>POST</c> after a lost response: the key is claimed and the response is kept in the transaction of the write
/// itself, in the module's <c>idempotency_keys</c> table. A repetition that arrives while the first request is running waits for it.
/// </summary>
public sealed class IdempotencyStore(SecretKey secret, TimeProvider clock)
{
    /// <summary>The header of a request that may be repeated.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The header of a response that was given before.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    private static readonly JsonSerializerOptions Stored = new() { Encoder = PlainJsonEncoder.Instance };

    // A response is JSON, and so never empty.
    private const string Forgotten = "";

    // A request may contain a password, which could be guessed from a plain hash in a stolen table. This hash needs the secret as well.
    private readonly IReadOnlyList<byte[]> _hashKeys = secret.DeriveAccepted("web.idempotency", SHA256.HashSizeInBytes);

    /// <summary>The time for which a response is kept.</summary>
    public static TimeSpan Age { get; } = TimeSpan.FromHours(24);

    private static Error StillRuns => Errors.Conflict("", $"A request with this {Header} is still running. Try again in a moment.");

    /// <summary>
    /// Reads the response that a repeated request got before, so that a repetition costs nothing and counts against no limit. It claims
    /// nothing, and opens a session only for a request with a key.
    /// </summary>
    /// <returns>
    /// The first response if there is one; 410 if its resource was deleted; null otherwise. Null for a different request with this key,
    /// too: <see cref="ClaimAsync"/> refuses it, but only once it has cost as much as any other, so that nobody can try values against a
    /// key for free.
    /// </returns>
    public async ValueTask<ErrorOr<IdempotentAnswer<T>>?> FindAsync<T>(
        ModuleDatabase database,
        IdempotencyKey key,
        CancellationToken cancellationToken
    )
    {
        if (key.IsNone)
            return null;

        var claims = ClaimsOf(key);
        await using var session = await database.OpenAsync(cancellationToken);
        foreach (var claim in claims)
        {
            if (await ReadAsync(session, claim, cancellationToken) is { Answer: not null } row && !IsTooOld(row) && IsOf(row, claims))
                return AnswerOf<T>(row);
        }

        return null;
    }

    /// <summary>Claims the key in the transaction of the write.</summary>
    /// <returns>
    /// Null if this request is the first; otherwise the first response, 410 if its resource was deleted, 422 if the key belongs to a
    /// different request, or 409 if the first request is still running.
    /// </returns>
    public async ValueTask<ErrorOr<IdempotentAnswer<T>>?> ClaimAsync<T>(
        UnitOfWork work,
        IdempotencyKey key,
        CancellationToken cancellationToken
    )
    {
        if (key.IsNone)
            return null;

        var claims = ClaimsOf(key);
        var claim = claims[0];
        foreach (var earlier in claims.Skip(1))
        {
            if (await ReadAsync(work, earlier, cancellationToken) is { } first && !IsTooOld(first))
                return AnswerTo<T>(first, claims);
        }

        try
        {
            if (await InsertAsync(work, claim, cancellationToken))
                return null;
        }
        catch (MySqlException e) when (e.ErrorCode is MySqlErrorCode.LockWaitTimeout or MySqlErrorCode.CommandTimeoutExpired)
        {
            return StillRuns;
        }

        var row = await ReadAsync(work, claim, cancellationToken);
        if (row is null)
            return StillRuns;
        if (IsTooOld(row))
        {
            await ReclaimAsync(work, claim, cancellationToken);
            return null;
        }

        return AnswerTo<T>(row, claims);
    }

    /// <summary>Keeps the response, in the same transaction.</summary>
    /// <param name="work">The transaction of the write.</param>
    /// <param name="key">The claimed key.</param>
    /// <param name="answer">The response, which a repetition receives again.</param>
    /// <param name="resource">
    /// The resource that the response describes, such as <c>post:12</c>: <see cref="ForgetAsync"/> removes the response together with it.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    public async Task KeepAsync<T>(
        UnitOfWork work,
        IdempotencyKey key,
        IdempotentAnswer<T> answer,
        string resource,
        CancellationToken cancellationToken
    )
    {
        if (key.IsNone)
            return;

        await work.ExecuteAsync(
            "update idempotency_keys set answer = @Answer, resource = @Resource where user_id = @UserId and operation = @Operation "
                + "and idempotency_key = @Key",
            new
            {
                Answer = JsonSerializer.Serialize(answer with { IsReplayed = true }, Stored),
                Resource = resource,
                key.UserId,
                Operation = OperationOf(key, _hashKeys[0]),
                Key = key.Text,
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Forgets the responses that describe a resource, in the transaction that deletes it, and which resource that was. The keys stay
    /// claimed, so that a repetition doesn't create the resource again.
    /// </summary>
    public static async Task ForgetAsync(UnitOfWork work, string resource, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            "update idempotency_keys set answer = @Forgotten, resource = null where resource = @Resource",
            new { Forgotten, Resource = resource },
            cancellationToken
        );

    /// <summary>Deletes the keys of a user whose account is deleted, in the transaction that deletes the account's data.</summary>
    public static async Task ForgetUserAsync(UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from idempotency_keys where user_id = @UserId", new { UserId = userId }, cancellationToken);

    private static async Task<bool> InsertAsync(UnitOfWork work, Claim claim, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: """
                insert or ignore into idempotency_keys (user_id, operation, idempotency_key, request_hash, created_at)
                values (@UserId, @Operation, @Key, @RequestHash, @Now)
                """,
                mySql: """
                insert ignore into idempotency_keys (user_id, operation, idempotency_key, request_hash, created_at)
                values (@UserId, @Operation, @Key, @RequestHash, @Now)
                """
            ),
            claim,
            cancellationToken
        ) == 1;

    private static ValueTask<KeyRow?> ReadAsync(DatabaseSession session, Claim claim, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<KeyRow>(
            "select request_hash, answer, created_at from idempotency_keys where user_id = @UserId and operation = @Operation "
                + "and idempotency_key = @Key",
            claim,
            cancellationToken
        );

    private static ErrorOr<IdempotentAnswer<T>> AnswerOf<T>(KeyRow row) =>
        row.Answer switch
        {
            null => StillRuns,
            Forgotten => Errors.Gone("The resource that this request created has been deleted."),
            var answer => JsonSerializer.Deserialize<IdempotentAnswer<T>>(answer, Stored)!,
        };

    private static ErrorOr<IdempotentAnswer<T>> AnswerTo<T>(KeyRow row, Claim[] claims) =>
        IsOf(row, claims) ? AnswerOf<T>(row) : Errors.Invalid(Header, "This key was already used for a different request: use a new one.");

    private static bool IsOf(KeyRow row, Claim[] claims) =>
        Array.Exists(claims, claim => row.RequestHash.AsSpan().SequenceEqual(claim.RequestHash));

    private static async Task ReclaimAsync(UnitOfWork work, Claim claim, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            update idempotency_keys set request_hash = @RequestHash, answer = null, resource = null, created_at = @Now
            where user_id = @UserId and operation = @Operation and idempotency_key = @Key
            """,
            claim,
            cancellationToken
        );

    private bool IsTooOld(KeyRow row) => row.CreatedAt < clock.Now() - Age;

    // With the secret that is used first, and then as it was made with the others that are accepted.
    private Claim[] ClaimsOf(IdempotencyKey key) =>
        [
            .. _hashKeys.Select(hashKey => new Claim(
                key.UserId,
                OperationOf(key, hashKey),
                key.Text,
                Hash(key.Values, hashKey),
                clock.Now()
            )),
        ];

    private static string OperationOf(IdempotencyKey key, byte[] hashKey) =>
        key.Owner is null ? key.Operation : $"{key.Operation}:{Convert.ToHexStringLower(Hash([key.Owner], hashKey).AsSpan(0, 16))}";

    private static byte[] Hash(IReadOnlyList<string> values, byte[] hashKey)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, hashKey);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var value in values)
        {
            // The length before each value keeps it apart from the next.
            var bytes = Encoding.UTF8.GetBytes(value);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    private sealed record Claim(long UserId, string Operation, string Key, byte[] RequestHash, DateTimeOffset Now);

    private sealed record KeyRow
    {
        public byte[] RequestHash { get; init; } = [];
        public string? Answer { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }
}
