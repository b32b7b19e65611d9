using Kumiko.Identity.Audit;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.SignIns;

/// <summary>Begins the session of somebody who has proved who they are, however they did it.</summary>
internal sealed class SignInCompletion(
    SessionStart start,
    SessionEnd sessions,
    AccountMails mails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
)
{
    /// <summary>Begins the session, in the transaction that verified the proof.</summary>
    /// <param name="work">The transaction; the caller commits it before it hands over the tokens.</param>
    /// <param name="user">The user, whose row is locked.</param>
    /// <param name="client">The client.</param>
    /// <param name="device">The client's device, as <see cref="KnownDevices.Hash"/> names it.</param>
    /// <param name="isNewDevice">Whether the account knows other devices, but not this one.</param>
    /// <param name="authentication">How the user proved who they are.</param>
    /// <param name="way">How the user signed in, as a fixed word; null for the password.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    public async ValueTask<IssuedTokens> BeginAsync(
        UnitOfWork work,
        UserRow user,
        SignInClient client,
        byte[] device,
        bool isNewDevice,
        Authentication authentication,
        string? way,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        if (
            client.PreviousToken is not null
            && await work.ReadSessionOfTokenAsync(RefreshToken.Hash(client.PreviousToken), cancellationToken) is { } previous
        )
            await sessions.EndAsync(work, previous.UserId, [previous.Id], SessionEndReason.SignedInAgain, cancellationToken);
        var address = client.Address?.ToString();
        var tokens = await start.BeginAsync(
            work,
            user,
            client.Device,
            address,
            client.IsRemembered,
            now,
            authentication,
            cancellationToken
        );
        await KnownDevices.RememberAsync(work, user.Id, device, now, cancellationToken);
        if (client.Language is not null && client.Language != user.Language)
            await work.SetLanguageAsync(user.Id, client.Language, cancellationToken);
        if (isNewDevice)
            await mails.NotifyAsync(
                work,
                user with
                {
                    Language = client.Language ?? user.Language,
                },
                MailTemplate.NewDevice,
                [("device", DeviceName.Of(client.Device)), ("address", address ?? "?")],
                cancellationToken
            );
        audit.Record(work, new AuditEntry(AuditAction.SignIn, user.Id, user.Id) { SessionId = tokens.SessionId, Details = way });
        work.AfterCommit(() => events.Succeeded(SecurityEvent.SignIn, user.Id, tokens.SessionId, way));
        return tokens;
    }
}
