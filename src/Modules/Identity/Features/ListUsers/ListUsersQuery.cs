using Kumiko.Identity.Administration;
using Kumiko.Identity.Naming;

namespace Kumiko.Identity.Features.ListUsers;

internal static class ListUsersQuery
{
    // Both columns compare by code points, so everything that begins with a text is between it and this, the last code point, after it.
    private const string Last = "\U0010FFFF";

    private const string BeginsLike =
        " and (u.email_key >= @Email and u.email_key < @AfterEmail or u.username_key >= @Name and u.username_key < @AfterName)";

    public static ValueTask<List<ManagedUserRow>> FindManagedUsersAsync(
        this DatabaseSession session,
        ListUsers query,
        long before,
        int take,
        CancellationToken cancellationToken
    )
    {
        var (email, name) = (EmailAddresses.Key(query.Q ?? ""), Names.Key(query.Q ?? ""));
        return session.ReadAllAsync<ManagedUserRow>(
            ManagedUsersTable.Select
                + "where u.id < @Before"
                + (query.Q is null ? "" : BeginsLike)
                + (query.Role is null ? "" : " and u.role = @Role")
                + query.Disabled switch
                {
                    true => " and d.user_id is not null",
                    false => " and d.user_id is null",
                    null => "",
                }
                + " order by u.id desc limit @Take",
            new
            {
                query.Role,
                Before = before,
                Email = email,
                AfterEmail = email + Last,
                Name = name,
                AfterName = name + Last,
                Take = take,
            },
            cancellationToken
        );
    }
}
