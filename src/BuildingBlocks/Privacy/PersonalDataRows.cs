using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Privacy;

/// <summary>The rows of a table that say something about a user.</summary>
/// <typeparam name="TDatabase">The module's database.</typeparam>
/// <typeparam name="TRow">What the file shows of a row.</typeparam>
/// <param name="File">The name of the file.</param>
/// <param name="Sql">
/// Selects the rows of <c>@UserId</c>, at most <c>@Take</c>: those after the key <c>@After</c> in its order, or, if there is no key, those
/// from the offset <c>@After</c> on.
/// </param>
/// <param name="Key">The key by which the rows are ordered; null if there is none.</param>
public sealed record PersonalDataRows<TDatabase, TRow>(string File, string Sql, Func<TRow, long>? Key = null) : IPersonalData<TDatabase>
    where TDatabase : ModuleDatabase
    where TRow : class
{
    /// <summary>How many rows a page has at most. A page is part of one message, so rows that may be long come in small pages.</summary>
    public int Take { get; init; } = 100;

    /// <inheritdoc />
    public async ValueTask<PersonalDataPage> ReadAsync(
        DatabaseSession session,
        long userId,
        long after,
        CancellationToken cancellationToken
    )
    {
        var rows = await session.ReadAllAsync<TRow>(
            Sql,
            new
            {
                UserId = userId,
                After = after,
                Take,
            },
            cancellationToken
        );
        return new PersonalDataPage(rows, rows.Count < Take ? null : Key?.Invoke(rows[^1]) ?? after + rows.Count);
    }
}
