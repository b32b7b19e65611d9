using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

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
    private static Error PasswordNeeded => Errors.Invalid("current_password", "Enter your password to change the e-mail address.");

    public async ValueTask<ErrorOr<UserRow>> Handle(UpdateMeRequest request, CancellationToken cancellationToken)
    {
        // Before the transaction: verifying the password may have to wait for its turn, and a refused name or address counts even if the
        // transaction is rolled back.
        if (await ReadMeAsync(request.User, cancellationToken) is not { } before)
            return IdentityErrors.SessionEnded;
        var isPasswordKnown = await CheckPasswordAsync(request, before, cancellationToken);
        if (isPasswordKnown.IsError)
            return isPasswordKnown.Errors;
        var asks = IsRenamed(request, before) || HasNewEmail(request, before);
        if (asks && await renames.CountRefusedAsync(before.Id, cancellationToken) is { IsError: true } tooManyRefused)
            return tooManyRefused.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        var user = await work.LockOwnUserAsync(request.User, clock.Now(), cancellationToken);
        if (user is null)
            return IdentityErrors.SessionEnded;
        if (!request.IfMatch.Allows(user.Tag))
            return Errors.PreconditionFailed();

        var isRenamed = IsRenamed(request, user);
        var hasNewEmail = HasNewEmail(request, user);
        if (!isRenamed && !hasNewEmail)
            return user;
        if (isRenamed && reserved.Contain(request.Username!))
            return IdentityErrors.NameReserved;
        // The address was changed elsewhere after the password check.
        if (hasNewEmail && !isPasswordKnown.Value)
            return PasswordNeeded;

        if (isRenamed && await renames.CountAsync(work, user.Id, cancellationToken) is { IsError: true } tooMany)
            return tooMany.Errors;

        var now = clock.Now();
        if (isRenamed)
            await work.GiveUpNameAsync(user.Id, now, cancellationToken);
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
            await work.UpdateUserAsync(changed, cancellationToken);
        }
        catch (Exception e) when (DatabaseFailure.IsDuplicate(e))
        {
            var taken = await work.ReadTakenAsync(changed, cancellationToken);
            return IdentityErrors.Taken(taken.Email, taken.Username);
        }

        // The user's own old name, given up above, is taken up again as well: only its case may have changed.
        if (
            isRenamed
            && !await work.TakeUpNameAsync(changed.Username, user.Id, owner.Of(Names.EmailKey(changed.Email)), now, cancellationToken)
        )
            return IdentityErrors.NameGivenUp;
        if (isRenamed)
            await outbox.AddAsync(work, new UserRenamed(changed.Id, changed.Username, changed.Version), cancellationToken);
        if (hasNewEmail)
        {
            await renames.GiveBackRefusedAsync(work, changed.Id, cancellationToken);
            work.AfterCommit(() => events.Succeeded(SecurityEvent.EmailChange, changed.Id, request.User.SessionId));
        }

        await work.CommitAsync();
        return changed;
    }

    private static bool IsRenamed(UpdateMeRequest request, UserRow user) =>
        request.Username is not null && request.Username != user.Username;

    private static bool HasNewEmail(UpdateMeRequest request, UserRow user) => request.Email is not null && request.Email != user.Email;

    // Control of the address gives control of the account, so an access token alone must not change it. The check also slows down probing
    // for taken addresses.
    private async ValueTask<ErrorOr<bool>> CheckPasswordAsync(UpdateMeRequest request, UserRow before, CancellationToken cancellationToken)
    {
        if (!HasNewEmail(request, before))
            return false;
        if (string.IsNullOrEmpty(request.CurrentPassword))
            return PasswordNeeded;

        var account = await password.CheckAsync(request.User, request.CurrentPassword, field: "current_password", cancellationToken);
        return account.IsError ? account.Errors : true;
    }

    private async ValueTask<UserRow?> ReadMeAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadOwnUserAsync(user, clock.Now(), cancellationToken);
    }
}
