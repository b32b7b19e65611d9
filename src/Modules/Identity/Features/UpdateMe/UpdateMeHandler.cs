using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Mediator;

namespace Kumiko.Identity.Features.UpdateMe;

internal sealed class UpdateMeHandler(
    IdentityDatabase database,
    PasswordCheck password,
    ReservedNames reserved,
    NameOwner owner,
    RenameAttempts renames,
    IOutbox outbox,
    SecurityEvents events,
    TimeProvider clock
) : ICommandHandler<UpdateMeRequest, ErrorOr<UserRow>>
{
    private static Error PasswordNeeded => Failures.Invalid("current_password", "Enter your password to change the e-mail address.");

    public async ValueTask<ErrorOr<UserRow>> Handle(UpdateMeRequest request, CancellationToken cancellation)
    {
        // Before the transaction: verifying the password may have to wait for its turn, and a name that is refused counts although nothing else is kept.
        if (await ReadMeAsync(request.User, cancellation) is not { } before)
            return IdentityFailures.SessionEnded;
        var isPasswordKnown = await CheckPasswordAsync(request, before, cancellation);
        if (isPasswordKnown.IsError)
            return isPasswordKnown.Errors;
        if (IsRenamed(request, before) && await renames.CountRefusedAsync(before.Id, cancellation) is { IsError: true } tooManyRefused)
            return tooManyRefused.Errors;

        await using var work = await database.BeginAsync(cancellation);
        var user = await work.LockMeToUpdateAsync(request.User, clock.Now(), cancellation);
        if (user is null)
            return IdentityFailures.SessionEnded;
        if (!request.IfMatch.Allows(user.Tag))
            return Failures.Stale();

        var isRenamed = IsRenamed(request, user);
        var hasNewEmail = request.Email is not null && request.Email != user.Email;
        if (!isRenamed && !hasNewEmail)
            return user;
        if (isRenamed && reserved.Contain(request.Username!))
            return IdentityFailures.NameReserved;
        // The address was changed elsewhere since the password was asked for.
        if (hasNewEmail && !isPasswordKnown.Value)
            return PasswordNeeded;

        if (isRenamed && await renames.CountAsync(work, user.Id, cancellation) is { IsError: true } tooMany)
            return tooMany.Errors;

        var now = clock.Now();
        if (isRenamed)
            await work.GiveUpNameAsync(user.Id, now, cancellation);
        var changed = user with
        {
            Username = request.Username ?? user.Username,
            Email = request.Email ?? user.Email,
            EmailVerified = user.EmailVerified && !hasNewEmail,
            Version = user.Version + 1,
            UpdatedAt = now,
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

        // One's own, which was noted above, too: the name may have changed in its case only.
        if (isRenamed && !await work.TakeUpNameAsync(changed.Username, user.Id, owner.Of(Names.EmailKey(changed.Email)), now, cancellation))
            return IdentityFailures.NameGivenUp;
        if (isRenamed)
            await outbox.AddAsync(work, new UserRenamed(changed.Id, changed.Username, changed.Version), cancellation);
        if (hasNewEmail)
            work.AfterCommit(() => events.Succeeded(SecurityEvent.EmailChange, changed.Id, request.User.SessionId));
        await work.CommitAsync();
        return changed;
    }

    private static bool IsRenamed(UpdateMeRequest request, UserRow user) =>
        request.Username is not null && request.Username != user.Username;

    // Whoever holds the address can have the account, so an access token alone does not change it; and nobody finds out quickly which addresses are taken.
    private async ValueTask<ErrorOr<bool>> CheckPasswordAsync(UpdateMeRequest request, UserRow before, CancellationToken cancellation)
    {
        if (request.Email is null || request.Email == before.Email)
            return false;
        if (string.IsNullOrEmpty(request.CurrentPassword))
            return PasswordNeeded;

        var account = await password.CheckAsync(request.User, request.CurrentPassword, field: "current_password", cancellation);
        return account.IsError ? account.Errors : true;
    }

    private async ValueTask<UserRow?> ReadMeAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.ReadMeToUpdateAsync(user, clock.Now(), cancellation);
    }
}
