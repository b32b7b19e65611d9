using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Passkeys;

/// <summary>Verifies what authenticators answer (WebAuthn level 3, 7). The challenge has been spent before.</summary>
internal sealed class RelyingParty
{
    /// <summary>The name of the product, as authenticators show it.</summary>
    public const string Name = "Kumiko";

    /// <summary>The algorithms of passkeys, the preferred one first: EdDSA, ES256 and RS256 (RFC 9053, 2; RFC 8812, 2).</summary>
    public static readonly IReadOnlyList<int> Algorithms = [-8, -7, -257];

    // The longest key that the table holds; an RSA key of 4,096 bits has a third of it.
    private const int MaxPublicKey = 2_048;

    private static readonly PubKeyCredParam[] Accepted =
    [
        .. Algorithms.Select(algorithm => new PubKeyCredParam((COSE.Algorithm)algorithm, PublicKeyCredentialType.PublicKey)),
    ];

    private readonly Fido2 _fido2;
    private readonly HashKey _hashKey;

    public RelyingParty(PasskeySettings settings, HashKey hashKey)
    {
        Id = settings.RelyingParty;
        _hashKey = hashKey;
        _fido2 = new Fido2(
            new Fido2Configuration
            {
                RPID = Id,
                RPName = Name,
                Origins = settings.Origins,
            }
        );
    }

    /// <summary>The id of the relying party: the host that passkeys are good for.</summary>
    public string Id { get; }

    /// <summary>
    /// How authenticators name a user. They hand it to whoever holds them, so it does not show which account it is (WebAuthn, 14.6.1).
    /// </summary>
    public byte[] UserHandle(long userId)
    {
        Span<byte> id = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(id, userId);
        return HMACSHA256.HashData(_hashKey.For("identity.passkey-users"), id);
    }

    /// <summary>Verifies a new passkey of a user; null if it is not good.</summary>
    public async ValueTask<PasskeyRow?> VerifyNewAsync(
        PasskeyAttestation attestation,
        byte[] challenge,
        long userId,
        CancellationToken cancellationToken
    )
    {
        var options = _fido2.RequestNewCredential(
            new RequestNewCredentialParams
            {
                User = new Fido2User { Id = UserHandle(userId) },
                AuthenticatorSelection = new AuthenticatorSelection { UserVerification = UserVerificationRequirement.Required },
                AttestationPreference = AttestationConveyancePreference.None,
                PubKeyCredParams = Accepted,
            }
        );
        options.Challenge = challenge;
        var made = await TryAsync(() =>
            _fido2.MakeNewCredentialAsync(
                new MakeNewCredentialParams
                {
                    AttestationResponse = new AuthenticatorAttestationRawResponse
                    {
                        Id = Base64Url.EncodeToString(attestation.CredentialId),
                        RawId = attestation.CredentialId,
                        Type = PublicKeyCredentialType.PublicKey,
                        Response = new AuthenticatorAttestationRawResponse.AttestationResponse
                        {
                            ClientDataJson = attestation.ClientData,
                            AttestationObject = attestation.AttestationObject,
                        },
                    },
                    OriginalOptions = options,
                    // The table's index decides.
                    IsCredentialIdUniqueToUserCallback = (_, _) => Task.FromResult(true),
                },
                cancellationToken
            )
        );
        if (
            made is null
            || !made.Id.AsSpan().SequenceEqual(attestation.CredentialId)
            || made.PublicKey.Length > MaxPublicKey
            || (made.IsBackedUp && !made.IsBackupEligible)
        )
            return null;

        return new PasskeyRow
        {
            UserId = userId,
            CredentialId = made.Id,
            PublicKey = made.PublicKey,
            SignCount = made.SignCount,
            BackupEligible = made.IsBackupEligible,
            BackedUp = made.IsBackedUp,
        };
    }

    /// <summary>Verifies the use of a passkey; null if it is not good. Whether the count has grown, the table decides.</summary>
    /// <returns>The passkey, with the count and the flags that the authenticator signed.</returns>
    public async ValueTask<PasskeyRow?> VerifyUseAsync(
        PasskeyAssertion assertion,
        byte[] challenge,
        PasskeyRow passkey,
        CancellationToken cancellationToken
    )
    {
        if (!CryptographicOperations.FixedTimeEquals(assertion.UserHandle, UserHandle(passkey.UserId)))
            return null;

        var raw = new AuthenticatorAssertionRawResponse
        {
            Id = Base64Url.EncodeToString(assertion.CredentialId),
            RawId = assertion.CredentialId,
            Type = PublicKeyCredentialType.PublicKey,
            Response = new AuthenticatorAssertionRawResponse.AssertionResponse
            {
                ClientDataJson = assertion.ClientData,
                AuthenticatorData = assertion.AuthenticatorData,
                Signature = assertion.Signature,
                UserHandle = assertion.UserHandle,
            },
        };
        var options = _fido2.GetAssertionOptions([], UserVerificationRequirement.Required);
        options.Challenge = challenge;
        var used = await TryAsync(() =>
            _fido2.MakeAssertionAsync(
                new MakeAssertionParams
                {
                    AssertionResponse = raw,
                    OriginalOptions = options,
                    StoredPublicKey = passkey.PublicKey,
                    StoredSignatureCounter = 0,
                    IsUserHandleOwnerOfCredentialIdCallback = (_, _) => Task.FromResult(true),
                },
                cancellationToken
            )
        );
        if (used is null)
            return null;

        // WebAuthn, 7.2, step 17 and 19: what can be copied, always could; and nothing is copied that cannot be.
        var isEligible = AuthenticatorAssertionResponse.Parse(raw).AuthenticatorData.IsBackupEligible;
        return isEligible != passkey.BackupEligible || (used.IsBackedUp && !isEligible)
            ? null
            : passkey with
            {
                SignCount = used.SignCount,
                BackedUp = used.IsBackedUp,
            };
    }

    // The library throws whatever malformed CBOR and keys make it throw, and asks no database, so that every failure is the answer's fault.
    private static async Task<T?> TryAsync<T>(Func<Task<T>> verify)
        where T : class
    {
        try
        {
            return await verify();
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            return null;
        }
    }
}
