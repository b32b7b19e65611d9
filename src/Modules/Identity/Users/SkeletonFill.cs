using Kumiko.Identity.Naming;

namespace Kumiko.Identity.Users;

/// <summary>
/// Fills in what SQL cannot compute for rows of older programs: the skeleton of the name, and the key of an address whose domain is in
/// ASCII form. Of two old names that look alike the older row gets the skeleton, so that no third name can join them; both names stay
/// unchanged.
/// </summary>
internal sealed class SkeletonFill(IdentityDatabase database)
{
    private const int PageSize = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var after = 0L; ; )
        {
            var page = await ReadAsync(after, cancellationToken);
            await using (var work = await database.BeginAsync(cancellationToken))
            {
                foreach (var row in page)
                    await FillAsync(work, row, cancellationToken);
                await work.CommitAsync();
            }

            if (page.Count < PageSize)
                return;
            after = page[^1].Id;
        }
    }

    private async ValueTask<List<UserRow>> ReadAsync(long after, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAllAsync<UserRow>(
            "select id, username, email, email_key from users where username_skeleton is null and id > @After order by id limit @PageSize",
            new { After = after, PageSize },
            cancellationToken
        );
    }

    private static async Task FillAsync(UnitOfWork work, UserRow row, CancellationToken cancellationToken)
    {
        await SetAsync(
            work,
            "update users set username_skeleton = @Value where id = @Id and username_skeleton is null",
            [Names.Skeleton(row.Username), $"{row.Id}\n"],
            row.Id,
            cancellationToken
        );
        var emailKey = Names.EmailKey(row.Email);
        if (emailKey != row.EmailKey)
            await SetAsync(work, "update users set email_key = @Value where id = @Id", [emailKey, row.EmailKey], row.Id, cancellationToken);
    }

    // Sets the first value that no other row has. A failed statement leaves the transaction as it was, on both databases.
    private static async Task SetAsync(UnitOfWork work, string update, string[] values, long id, CancellationToken cancellationToken)
    {
        foreach (var value in values)
        {
            try
            {
                await work.ExecuteAsync(update, new { Id = id, Value = value }, cancellationToken);
                return;
            }
            catch (Exception e) when (DatabaseFailure.IsDuplicate(e))
            {
                // Try the next value.
            }
        }
    }

    private sealed record UserRow
    {
        public long Id { get; init; }
        public string Username { get; init; } = "";
        public string Email { get; init; } = "";
        public string EmailKey { get; init; } = "";
    }
}
