using System.Security.Cryptography;

namespace Kumiko.Identity.SecretRotation;

/// <summary>
/// A table with an encrypted column. Its rows are encrypted again one by one, each only if nobody has changed it meanwhile: no lock is
/// held, and a run that was interrupted begins anew.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="name">What is encrypted.</param>
/// <param name="select">Reads <c>@Take</c> rows after the row <c>@After</c>, as <see cref="SealedRow"/>.</param>
/// <param name="update">Writes <c>@Content</c> into the row <c>@Id</c> if it still has the content <c>@Before</c>.</param>
/// <param name="renew">Encrypts a row again; null if that is not necessary.</param>
internal sealed class SealedTable(IdentityDatabase database, string name, string select, string update, Func<SealedRow, byte[]?> renew)
    : ISealedData
{
    private const int BatchSize = 500;

    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public async Task<RenewedData> RenewAsync(CancellationToken cancellationToken)
    {
        var (renewed, current, unreadable, after) = (0, 0, 0, 0L);
        while (true)
        {
            await using var session = await database.OpenAsync(cancellationToken);
            var rows = await session.ReadAllAsync<SealedRow>(select, new { After = after, Take = BatchSize }, cancellationToken);
            foreach (var row in rows)
            {
                after = row.Id;
                try
                {
                    if (renew(row) is not { } content)
                        current++;
                    else if (await WriteAsync(session, row, content, cancellationToken))
                        renewed++;
                }
                catch (CryptographicException)
                {
                    unreadable++;
                }
            }

            if (rows.Count < BatchSize)
                return new RenewedData(renewed, current, unreadable);
        }
    }

    private async ValueTask<bool> WriteAsync(DatabaseSession session, SealedRow row, byte[] content, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            update,
            new
            {
                row.Id,
                Before = row.Content,
                Content = content,
            },
            cancellationToken
        ) == 1;
}
