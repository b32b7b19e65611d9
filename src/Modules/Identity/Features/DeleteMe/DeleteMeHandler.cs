using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Sessions;
using Mediator;

namespace Kumiko.Identity.Features.DeleteMe;

internal sealed class DeleteMeHandler(
    IdentityDatabase database,
    PasswordCheck password,
    SessionEnd sessions,
    NameOwner owner,
    IOutbox outbox,
    SecurityEvents events,
    TimeProvider clock
) : ICommandHandler<DeleteMeRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(DeleteMeRequest request, CancellationToken cancellation)
    {
        var account = await password.CheckAsync(request.User, request.Password!, field: "password", cancellation);
        if (account.IsError)
            return account.Errors;

        await using var work = await database.BeginAsync(cancellation);
        var version = await work.LockMeToDeleteAsync(account.Value, cancellation);
        if (version is null)
            return IdentityFailures.SessionEnded;
        if (!request.IfMatch.Allows(EntityTags.Of(version.Value)))
            return Failures.Stale();

        await work.GiveUpNameAsync(account.Value.Id, clock.Now(), cancellation);
        await work.LeaveNamesToAsync(owner.Of(account.Value.EmailKey), account.Value.Id, cancellation);
        await sessions.EndAsync(
            work,
            account.Value.Id,
            await work.ReadSessionIdsAsync(account.Value.Id, cancellation),
            SessionEndReason.AccountDeletion,
            cancellation
        );
        await Idempotency.ForgetAsync(work, UserRow.Resource(account.Value.Id), cancellation);
        await work.DeleteUserAsync(account.Value.Id, cancellation);
        await outbox.AddAsync(work, new UserDeleted(account.Value.Id, version.Value + 1), cancellation);
        work.AfterCommit(() => events.Succeeded(SecurityEvent.AccountDeletion, account.Value.Id, request.User.SessionId));
        await work.CommitAsync();
        return Result.Deleted;
    }
}
