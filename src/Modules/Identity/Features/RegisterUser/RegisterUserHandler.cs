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

namespace Kumiko.Identity.Features.RegisterUser;

internal sealed class RegisterUserHandler(
    IdentityDatabase database,
    ReservedNames reserved,
    NameOwner owner,
    PasswordLane passwords,
    RegistrationAttempts attempts,
    Idempotency idempotency,
    IOutbox outbox,
    EmailHash emails,
    SecurityEvents events,
    TimeProvider clock
) : ICommandHandler<RegisterUserRequest, ErrorOr<RegisteredUser>>
{
    public async ValueTask<ErrorOr<RegisteredUser>> Handle(RegisterUserRequest request, CancellationToken cancellation)
    {
        var earlier = await FindEarlierAsync(request, cancellation);
        if (earlier.IsError)
            return earlier.Errors;
        if (earlier.Value.First is { } answer)
            return answer with { Replayed = true };

        if (reserved.Contain(request.Username!))
            return Refuse(request, "name_reserved", IdentityFailures.NameReserved);

        // Before the transaction: hashing may have to wait for its turn.
        var attempt = attempts.Of(request.ClientAddress);
        var open = await attempt.CheckAsync(cancellation);
        if (open.IsError)
            return open.Errors;

        var hash = await passwords.HashAsync(attempt.Caller, request.Password!, attempt.CountAsync, cancellation);
        if (hash.IsError)
            return hash.Errors;

        await using var work = await database.BeginAsync(cancellation);
        var before = await idempotency.ClaimAsync<RegisteredUser>(work, request.IdempotencyKey, cancellation);
        if (before.IsError)
            return before.Errors;
        if (before.Value.First is { } first)
            return first with { Replayed = true };

        var now = clock.Now();
        var user = new UserRow
        {
            Email = request.Email!,
            Username = request.Username!,
            Role = "member",
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        try
        {
            user = user with { Id = await work.InsertUserAsync(user, hash.Value, cancellation) };
        }
        catch (Exception e) when (DatabaseFailure.IsDuplicate(e))
        {
            var taken = await work.ReadTakenAsync(user, cancellation);
            return Refuse(request, taken.Email ? "email_taken" : "name_taken", [.. IdentityFailures.Taken(taken.Email, taken.Username)]);
        }

        if (!await work.TakeUpNameAsync(user.Username, user.Id, owner.Of(Names.EmailKey(user.Email)), now, cancellation))
            return Refuse(request, "name_given_up", IdentityFailures.NameGivenUp);

        await outbox.AddAsync(work, new UserRegistered(user.Id, user.Username, user.Version), cancellation);
        var registered = new RegisteredUser(user.ToResponse(), user.Tag);
        await Idempotency.KeepAsync(work, request.IdempotencyKey, registered, UserRow.Resource(user.Id), cancellation);
        work.AfterCommit(() => events.Succeeded(SecurityEvent.Registration, user.Id));
        await work.CommitAsync();
        return registered;
    }

    private async ValueTask<ErrorOr<IdempotentAnswer<RegisteredUser>>> FindEarlierAsync(
        RegisterUserRequest request,
        CancellationToken cancellation
    )
    {
        // Given back before the password waits for its turn.
        await using var session = await database.OpenAsync(cancellation);
        return await idempotency.FindAsync<RegisteredUser>(session, request.IdempotencyKey, cancellation);
    }

    private List<Error> Refuse(RegisterUserRequest request, string reason, params Error[] failures)
    {
        events.Refused(SecurityEvent.Registration, account: emails.Of(Names.EmailKey(request.Email!)), reason: reason);
        return [.. failures];
    }
}
