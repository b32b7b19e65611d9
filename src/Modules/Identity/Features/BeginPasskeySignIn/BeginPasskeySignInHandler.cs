using System.Buffers.Text;
using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.BeginPasskeySignIn;

/// <summary>Begins to sign in with a passkey.</summary>
internal sealed record BeginPasskeySignIn : ICommand<ErrorOr<PasskeyRequestOptions>>;

internal sealed class BeginPasskeySignInHandler(PasskeyChallenges challenges, RelyingParty relyingParty)
    : ICommandHandler<BeginPasskeySignIn, ErrorOr<PasskeyRequestOptions>>
{
    public async ValueTask<ErrorOr<PasskeyRequestOptions>> Handle(BeginPasskeySignIn command, CancellationToken cancellationToken) =>
        new PasskeyRequestOptions(
            Base64Url.EncodeToString(await challenges.IssueAsync(sessionId: null, cancellationToken)),
            (int)PasskeyChallenges.Lifetime.TotalMilliseconds,
            relyingParty.Id,
            "required"
        );
}
