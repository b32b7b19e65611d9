using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Contracts;
using Mediator;

namespace Kumiko.Identity.Features.UpdateMe;

internal sealed class UpdateMeHandler(IdentityDatabase database, IOutbox outbox, TimeProvider clock) : ICommandHandler<UpdateMeRequest, ErrorOr<UserRow>>
{
    public async ValueTask<ErrorOr<UserRow>> Handle(UpdateMeRequest request, CancellationToken cancellation)
    {
        await using var work = await database.BeginAsync(cancellation);
        var user = await work.LockMeToUpdateAsync(request.User, clock.Now(), cancellation);
        if (user is null)
            return IdentityFailures.SessionEnded;
        if (!request.IfMatch.Allows(user.Tag))
            return Failures.Stale();

        var isRenamed = request.Username is not null && request.Username != user.Username;
        var hasNewEmail = request.Email is not null && request.Email != user.Email;
        if (!isRenamed && !hasNewEmail)
            return user;

        var changed = user with
        {
            Username = request.Username ?? user.Username,
            Email = request.Email ?? user.Email,
            EmailVerified = user.EmailVerified && !hasNewEmail,
            Version = user.Version + 1,
            UpdatedAt = clock.Now(),
        };
        try
        {
            await work.UpdateUserAsync(changed, cancellation);
        }
        catch (Exception e) when (DatabaseFailure.IsDuplicate(e))
        {
            var taken = await work.ReadTakenByOthersAsync(changed, cancellation);
            return IdentityFailures.Taken(taken.Email, taken.Username);
        }

        if (isRenamed)
            await outbox.AddAsync(work, new UserRenamed(changed.Id, changed.Username, changed.Version), cancellation);
        await work.CommitAsync();
        return changed;
    }
}
