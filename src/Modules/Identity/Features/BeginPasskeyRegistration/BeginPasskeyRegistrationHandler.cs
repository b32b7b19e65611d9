using System.Buffers.Text;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.BeginPasskeyRegistration;

/// <summary>Begins to add a passkey.</summary>
internal sealed record BeginPasskeyRegistration(CurrentUser User) : ICommand<ErrorOr<PasskeyCreationOptions>>;

internal sealed class BeginPasskeyRegistrationHandler(
    IdentityDatabase database,
    PasskeyChallenges challenges,
    RelyingParty relyingParty,
    TimeProvider clock
) : ICommandHandler<BeginPasskeyRegistration, ErrorOr<PasskeyCreationOptions>>
{
    public async ValueTask<ErrorOr<PasskeyCreationOptions>> Handle(BeginPasskeyRegistration command, CancellationToken cancellationToken)
    {
        if (await ReadMeAsync(command.User, cancellationToken) is not var (user, passkeys))
            return IdentityErrors.SessionEnded;
        if (passkeys.Count >= PasskeyRules.PerUser)
            return PasskeyErrors.TooMany;

        var challenge = await challenges.IssueAsync(command.User.SessionId, cancellationToken);
        return new PasskeyCreationOptions(
            new PasskeyRelyingParty(relyingParty.Id, RelyingParty.Name),
            new PasskeyOwner(Base64Url.EncodeToString(relyingParty.UserHandle(user.Id)), user.Email, user.Username),
            Base64Url.EncodeToString(challenge),
            [.. RelyingParty.Algorithms.Select(algorithm => new PasskeyAlgorithm("public-key", algorithm))],
            (int)PasskeyChallenges.Lifetime.TotalMilliseconds,
            // An authenticator that holds one of these makes no second one.
            [.. passkeys.Select(passkey => new PasskeyDescriptor("public-key", Base64Url.EncodeToString(passkey.CredentialId)))],
            new PasskeySelection("required", RequireResidentKey: true, "required"),
            "none"
        );
    }

    private async ValueTask<(UserRow User, List<PasskeyRow> Passkeys)?> ReadMeAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadOwnUserAsync(user, clock.Now(), cancellationToken) is { } me
            ? (me, await session.ReadPasskeysAsync(me.Id, cancellationToken))
            : null;
    }
}
