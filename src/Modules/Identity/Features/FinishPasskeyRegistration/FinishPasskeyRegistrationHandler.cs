using Kumiko.Identity.Audit;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.FinishPasskeyRegistration;

/// <summary>Adds a passkey.</summary>
/// <param name="Answer">The authenticator's answer; null if it is malformed.</param>
/// <param name="Name">What the owner calls it.</param>
/// <param name="User">The user.</param>
internal sealed record FinishPasskeyRegistration(PasskeyAttestation? Answer, string Name, CurrentUser User) : ICommand<ErrorOr<PasskeyRow>>;

internal sealed class FinishPasskeyRegistrationHandler(
    IdentityDatabase database,
    PasskeyChallenges challenges,
    RelyingParty relyingParty,
    AccountMails mails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<FinishPasskeyRegistration, ErrorOr<PasskeyRow>>
{
    public async ValueTask<ErrorOr<PasskeyRow>> Handle(FinishPasskeyRegistration command, CancellationToken cancellationToken)
    {
        var (answer, session, now) = (command.Answer!, command.User.SessionId, clock.Now());
        await using var work = await database.BeginAsync(cancellationToken);
        if (await work.LockOwnUserAsync(command.User, now, cancellationToken) is not { } user)
            return IdentityErrors.SessionEnded;
        // Only a user who had just signed in got the challenge.
        if (
            WebAuthnJson.FindChallenge(answer.ClientData) is not { } challenge
            || !await challenges.SpendAsync(work, challenge, session, cancellationToken)
        )
            return PasskeyErrors.ChallengeVoid;

        var added = await AddAsync(work, command, challenge, user, cancellationToken);
        if (added.IsError)
        {
            // The challenge stays spent.
            await work.CommitAsync();
            return added.Errors;
        }

        await work.TouchUserAsync(user.Id, now, cancellationToken);
        var passkey = ("passkey", AccountMails.WithoutLinks(command.Name));
        await mails.OfferToUndoAsync(work, user, MailTemplate.PasskeyAdded, added.Value.CreatedAt, [passkey], cancellationToken);
        audit.Record(
            work,
            new AuditEntry(AuditAction.PasskeyAddition, user.Id, user.Id)
            {
                SessionId = session,
                Details = PasskeyReason.Of(added.Value.Id),
            }
        );
        work.AfterCommit(() => events.Succeeded(SecurityEvent.PasskeyChange, user.Id, session, PasskeyReason.Added));
        await work.CommitAsync();
        return added;
    }

    private async ValueTask<ErrorOr<PasskeyRow>> AddAsync(
        UnitOfWork work,
        FinishPasskeyRegistration command,
        byte[] challenge,
        UserRow user,
        CancellationToken cancellationToken
    )
    {
        if (await relyingParty.VerifyNewAsync(command.Answer!, challenge, user.Id, cancellationToken) is not { } made)
            return PasskeyErrors.NotMade;
        if ((await work.LockPasskeysAsync(user.Id, cancellationToken)).Count >= PasskeyRules.PerUser)
            return PasskeyErrors.TooMany;

        // Read after the lock: a later change never has an earlier time than the undo link of the one before.
        var passkey = made with
        {
            Name = command.Name,
            CreatedAt = clock.Now(),
        };
        try
        {
            return passkey with { Id = await work.InsertPasskeyAsync(passkey, cancellationToken) };
        }
        catch (Exception e) when (DatabaseFailure.IsDuplicate(e))
        {
            return PasskeyErrors.Taken;
        }
    }
}
