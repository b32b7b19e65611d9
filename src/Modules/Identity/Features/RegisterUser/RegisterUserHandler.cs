using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Emails;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.RegisterUser;

/// <summary>Creates an account.</summary>
/// <param name="Email">The e-mail address.</param>
/// <param name="Username">The name.</param>
/// <param name="Password">The password.</param>
/// <param name="ClientAddress">The origin of the request, as limits count it.</param>
/// <param name="Key">What makes the command safe to repeat.</param>
/// <param name="Language">The language that the client prefers, if mails are written in it.</param>
internal sealed record RegisterUser(
    string Email,
    string Username,
    string Password,
    string ClientAddress,
    IdempotencyKey Key,
    string? Language = null
) : ICommand<ErrorOr<IdempotentAnswer<UserResponse>>>;

internal sealed class RegisterUserHandler(
    IdentityDatabase database,
    ReservedNames reserved,
    NameOwner owner,
    NewPassword newPassword,
    RegistrationAttempts attempts,
    IdempotencyStore idempotency,
    IOutbox outbox,
    MailAttempts mailAttempts,
    VerificationMails verifications,
    EmailHash emails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<RegisterUser, ErrorOr<IdempotentAnswer<UserResponse>>>
{
    public async ValueTask<ErrorOr<IdempotentAnswer<UserResponse>>> Handle(RegisterUser command, CancellationToken cancellationToken)
    {
        var emailKey = EmailAddresses.Key(command.Email);
        // Nobody is signed in, so the key belongs to the e-mail address: a caller who sends another's key sees nothing without the same
        // password.
        var key = command.Key.WithOwner(emailKey).WithValues(command.Email, command.Username, command.Password);
        if (await idempotency.FindAsync<UserResponse>(database, key, cancellationToken) is { } earlier)
            return earlier;
        if (reserved.Contains(command.Username))
            return Refuse(emailKey, "name_reserved", IdentityErrors.NameReserved);

        // Before the transaction: hashing may have to wait for its turn.
        var attempt = attempts.Of(command.ClientAddress);
        var open = await attempt.CheckAsync(cancellationToken);
        if (open.IsError)
            return open.Errors;

        var hash = await newPassword.HashAsync(attempt.Caller, command.Password, field: "password", attempt.CountAsync, cancellationToken);
        if (hash.IsError)
            return hash.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        if (await idempotency.ClaimAsync<UserResponse>(work, key, cancellationToken) is { } concurrent)
            return concurrent;

        var now = clock.Now();
        var user = new UserRow
        {
            Email = command.Email,
            Username = command.Username,
            Role = Roles.Member,
            Language = command.Language,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        try
        {
            user = user with { Id = await work.InsertUserAsync(user, hash.Value, cancellationToken) };
        }
        catch (Exception e) when (DatabaseFailure.IsDuplicate(e))
        {
            var taken = await work.ReadTakenAsync(user, cancellationToken);
            return Refuse(emailKey, taken.Email ? "email_taken" : "name_taken", [.. IdentityErrors.Taken(taken.Email, taken.Username)]);
        }

        if (!await work.ClaimNameAsync(user.Username, user.Id, owner.Of(emailKey), now, cancellationToken))
            return Refuse(emailKey, "name_released", IdentityErrors.NameReleased);

        await outbox.AddAsync(work, new UserRegistered(user.Id, user.Username, user.Version), cancellationToken);
        // An address that is registered and deleted again and again gets few mails; the user may ask for one later.
        if (await mailAttempts.CountAsync(work, emailKey, cancellationToken))
            await verifications.SendAsync(work, user, cancellationToken);
        var registered = new IdempotentAnswer<UserResponse>(user.ToResponse(), user.Tag);
        await idempotency.KeepAsync(work, key, registered, UserRow.Resource(user.Id), cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.Registration, user.Id, user.Id));
        work.AfterCommit(() => events.Succeeded(SecurityEvent.Registration, user.Id));
        await work.CommitAsync();
        return registered;
    }

    private List<Error> Refuse(string emailKey, string reason, params Error[] failures)
    {
        events.Refused(SecurityEvent.Registration, account: emails.Of(emailKey), reason: reason);
        return [.. failures];
    }
}
