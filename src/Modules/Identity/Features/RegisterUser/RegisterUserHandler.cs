using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Emails;
using Kumiko.Identity.Invitations;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.RegisterUser;

/// <summary>Creates an account.</summary>
/// <param name="Email">The e-mail address.</param>
/// <param name="Username">The name.</param>
/// <param name="Password">The password.</param>
/// <param name="ClientAddress">The origin of the request, as limits count it.</param>
/// <param name="Key">What makes the command safe to repeat.</param>
/// <param name="Language">The language that the client prefers, if mails are written in it.</param>
/// <param name="Invitation">The secret of an invitation.</param>
internal sealed record RegisterUser(
    string Email,
    string Username,
    string Password,
    string ClientAddress,
    IdempotencyKey Key,
    string? Language = null,
    string? Invitation = null
) : ICommand<ErrorOr<IdempotentAnswer<UserResponse>>>;

internal sealed class RegisterUserHandler(
    IdentityDatabase database,
    AccountSettings settings,
    ReservedNames reserved,
    NameHashes names,
    NewPassword newPassword,
    RegistrationAttempts attempts,
    IdempotencyStore idempotency,
    IOutbox outbox,
    MailAttempts mailAttempts,
    VerificationMails verifications,
    EmailClaim claim,
    AccountMails mails,
    EmailHash emails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<RegisterUser, ErrorOr<IdempotentAnswer<UserResponse>>>
{
    public async ValueTask<ErrorOr<IdempotentAnswer<UserResponse>>> Handle(RegisterUser command, CancellationToken cancellationToken)
    {
        if (settings.Registration == RegistrationMode.Closed)
            return IdentityErrors.RegistrationClosed;
        if (settings.Registration == RegistrationMode.Invited && command.Invitation is null)
            return IdentityErrors.InvitationRequired;

        var emailKey = EmailAddresses.Key(command.Email);
        // Nobody is signed in, so the key belongs to the e-mail address: a caller who sends another's key sees nothing without the same
        // password.
        var key = command.Key.WithOwner(emailKey).WithValues(command.Email, command.Username, command.Password);
        if (await idempotency.FindAsync<UserResponse>(database, key, cancellationToken) is { } earlier)
            return earlier;
        if (reserved.Contains(command.Username))
            return Refuse(emailKey, "name_reserved", IdentityErrors.NameReserved);
        if (
            command.Invitation is not null
            && await CheckInvitationAsync(command.Invitation, emailKey, cancellationToken) is { } noInvitation
        )
            return noInvitation;

        // Before the transaction: hashing may have to wait for its turn.
        var attempt = attempts.Of(command.ClientAddress);
        var open = await attempt.CheckAsync(cancellationToken);
        if (open.IsError)
            return open.Errors;

        var hash = await newPassword.HashAsync(attempt.Caller, command.Password, field: "password", attempt.CountAsync, cancellationToken);
        if (hash.IsError)
            return hash.Errors;

        // Where taken addresses are hidden, somebody may take this one right now; the second attempt then finds it taken.
        return await TryRegisterAsync(command, emailKey, key, hash.Value, cancellationToken)
            ?? await TryRegisterAsync(command, emailKey, key, hash.Value, cancellationToken)
            ?? IdentityErrors.Taken(email: false, username: false);
    }

    /// <summary>Creates the account, unless somebody else has just taken its address and that is hidden; then returns null.</summary>
    private async ValueTask<ErrorOr<IdempotentAnswer<UserResponse>>?> TryRegisterAsync(
        RegisterUser command,
        string emailKey,
        IdempotencyKey key,
        string hash,
        CancellationToken cancellationToken
    )
    {
        await using var work = await database.BeginAsync(cancellationToken);
        if (await idempotency.ClaimAsync<UserResponse>(work, key, cancellationToken) is { } concurrent)
            return concurrent;

        var now = clock.Now();
        var isInvited = command.Invitation is not null;
        if (isInvited && !await work.SpendInvitationAsync(OneTimeSecrets.Hash(command.Invitation!)!, now, cancellationToken))
            return IdentityErrors.InvitationVoid;

        // Somebody with an invitation has proved the address, and takes it from an account that never did.
        var loser = isInvited ? await claim.FreeAsync(work, emailKey, cancellationToken) : null;
        var isHidden = !settings.RevealTakenEmails && !isInvited;
        var holder = isHidden ? await work.LockUserWithEmailAsync(emailKey, cancellationToken) : null;
        var isDisabled = isHidden && await work.IsDisabledAsync(holder?.Id ?? 0, cancellationToken);
        var user = new UserRow
        {
            // For a taken address that is hidden, an account that nobody can use takes the name and the number: whether they are taken
            // afterwards would reveal it as well.
            Email = holder is null ? command.Email : EmailAddresses.Placeholder(),
            EmailVerified = isInvited,
            Username = command.Username,
            Role = Roles.Member,
            Language = command.Language,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        try
        {
            user = user with { Id = await work.InsertUserAsync(user, hash, cancellationToken) };
        }
        catch (Exception e) when (DatabaseFailure.IsDuplicate(e))
        {
            var taken = await work.ReadTakenAsync(user, cancellationToken);
            if (!isHidden)
                return Refuse(emailKey, taken.Email ? "email_taken" : "name_taken", [.. IdentityErrors.Taken(taken.Email, taken.Username)]);
            if (taken.Username)
                return Refuse(emailKey, "name_taken", [.. IdentityErrors.Taken(email: false, username: true)]);
            return null;
        }

        if (!await work.ClaimNameAsync(names.Of(user.Username), user.Id, names.Owner(emailKey), now, cancellationToken))
            return Refuse(emailKey, "name_released", IdentityErrors.NameTaken);

        await outbox.AddAsync(work, new UserRegistered(user.Id, user.Username, user.Version), cancellationToken);
        // An address that is registered and deleted again and again gets few mails; the user may ask for one later.
        if (!isInvited && await mailAttempts.CountAsync(work, emailKey, cancellationToken))
        {
            if (holder is null)
                await verifications.SendAsync(work, user, cancellationToken);
            else
                await mails.TellRegisteredAsync(
                    work,
                    isDisabled ? UserRow.Nobody(command.Email) : holder with { Language = holder.Language ?? command.Language },
                    cancellationToken
                );
        }

        var registered = new IdempotentAnswer<UserResponse>(user.ToResponse(), user.Tag);
        await idempotency.KeepAsync(work, key, registered, UserRow.Resource(user.Id), cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.Registration, user.Id, user.Id) { Details = isInvited ? "invited" : null });
        if (loser is { } other)
            claim.RecordTaken(work, other, user.Id);
        work.AfterCommit(() =>
        {
            if (holder is null)
                events.Succeeded(SecurityEvent.Registration, user.Id);
            else
                events.Refused(SecurityEvent.Registration, account: emails.Of(emailKey), reason: "email_taken");
        });
        await work.CommitAsync();
        return registered;
    }

    private async ValueTask<Error?> CheckInvitationAsync(string secret, string emailKey, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return OneTimeSecrets.Hash(secret) is not { } hash
            || await session.ReadInvitedAsync(hash, clock.Now(), cancellationToken) is not { } invited
                ? IdentityErrors.InvitationVoid
            : invited != emailKey ? Errors.Invalid("email", "The invitation was sent to another address. Enter that one.")
            : null;
    }

    private List<Error> Refuse(string emailKey, string reason, params Error[] failures)
    {
        events.Refused(SecurityEvent.Registration, account: emails.Of(emailKey), reason: reason);
        return [.. failures];
    }
}
