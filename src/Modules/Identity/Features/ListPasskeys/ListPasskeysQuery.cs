using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.ListPasskeys;

internal static class ListPasskeysQuery
{
    public static ValueTask<List<PasskeyRow>> ReadPasskeysAsync(
        this DatabaseSession session,
        long userId,
        long before,
        int take,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<PasskeyRow>(
            "select " + PasskeysTable.Columns + " from passkeys where user_id = @UserId and id < @Before order by id desc limit @Take",
            new
            {
                UserId = userId,
                Before = before,
                Take = take,
            },
            cancellationToken
        );
}
