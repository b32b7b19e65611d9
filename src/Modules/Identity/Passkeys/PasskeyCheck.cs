namespace Kumiko.Identity.Passkeys;

/// <summary>Verifies that somebody holds a passkey.</summary>
internal sealed class PasskeyCheck(PasskeyChallenges challenges, RelyingParty relyingParty)
{
    /// <summary>
    /// Spends the challenge that an answer names, and verifies the answer. Count the attempt before, and commit in any case.
    /// </summary>
    /// <returns>
    /// The passkey as it was used: lock its owner's row, then record the use (<see cref="PasskeysTable.RecordUseAsync"/>). Null if the
    /// answer is not good, 410 if the challenge was used, is too old or unknown.
    /// </returns>
    public async ValueTask<ErrorOr<PasskeyRow?>> VerifyAsync(
        UnitOfWork work,
        PasskeyAssertion assertion,
        CancellationToken cancellationToken
    )
    {
        if (
            WebAuthnJson.FindChallenge(assertion.ClientData) is not { } challenge
            || !await challenges.SpendAsync(work, challenge, sessionId: null, cancellationToken)
        )
            return PasskeyErrors.ChallengeVoid;

        return await work.FindPasskeyAsync(assertion.CredentialId, cancellationToken) is { } passkey
            ? await relyingParty.VerifyUseAsync(assertion, challenge, passkey, cancellationToken)
            : default(PasskeyRow?);
    }
}
