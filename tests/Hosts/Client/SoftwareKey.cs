using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Kumiko.TestHosts.Client;

/// <summary>
/// An authenticator in software (WebAuthn level 3, 6): it holds one passkey, ES256, and verifies its user, unless a test makes it lie.
/// </summary>
public sealed class SoftwareKey
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte BackupEligible = 0x08;
    private const byte BackedUp = 0x10;
    private const byte HasKey = 0x40;

    private readonly ECParameters _key;

    /// <param name="site">The address of the site whose pages use it.</param>
    public SoftwareKey(Uri site)
        : this(site.GetLeftPart(UriPartial.Authority), NewKey()) { }

    private SoftwareKey(string origin, ECParameters key) => (Origin, _key) = (origin, key);

    /// <summary>The origin that the browser reports.</summary>
    public string Origin { get; set; }

    /// <summary>The relying party that the key is for; null for the one that the options name.</summary>
    public string? Host { get; set; }

    public byte[] CredentialId { get; set; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>The public key that it reports (RFC 9053, 7); null for its own.</summary>
    public byte[]? Reports { get; set; }

    /// <summary>Whose passkey it is, as the options said when it was made.</summary>
    public string UserHandle { get; set; } = "";

    /// <summary>Whether the authenticator asks for a PIN or a finger.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>The count that was signed last; null if the authenticator does not count.</summary>
    public uint? Count { get; set; } = 0;

    /// <summary>Whether the passkey can be copied to other devices.</summary>
    public bool CanBeBackedUp { get; set; }

    /// <summary>Whether it is on other devices, too.</summary>
    public bool IsBackedUp { get; set; }

    /// <summary>Whether the attestation is signed with the key itself ("packed"), rather than left out.</summary>
    public bool Attests { get; set; }

    /// <summary>Adds a passkey to an account.</summary>
    public static async Task<SoftwareKey> AddAsync(Person person, string name = "Software key")
    {
        var key = new SoftwareKey(person.Address);
        (await key.RegisterAsync(person, name)).Is(200);
        return key;
    }

    /// <summary>Asks for options, makes a key and sends it.</summary>
    public async Task<Answer> RegisterAsync(Caller person, string? name = null)
    {
        var options = (await person.PostAsync("/api/auth/passkeys/register/begin")).Is(200);
        return await person.PostAsync("/api/auth/passkeys/register/finish", Make(options, name));
    }

    /// <summary>Asks for options, signs them and sends the answer, as a client that keeps its tokens itself.</summary>
    public async Task<Answer> SignInAsync(Caller anyone)
    {
        var options = (await anyone.PostAsync("/api/auth/passkeys/login/begin")).Is(200);
        return await anyone.PostAsync("/api/auth/passkeys/login/finish", Sign(options, "body"));
    }

    /// <summary>The same key on another device, which does not know how often this one signs.</summary>
    public SoftwareKey Copy() =>
        new(Origin, _key)
        {
            CredentialId = CredentialId,
            Count = Count,
            CanBeBackedUp = CanBeBackedUp,
            IsBackedUp = IsBackedUp,
            UserHandle = UserHandle,
        };

    /// <summary>
    /// What <c>PublicKeyCredential.toJSON()</c> returns after <c>navigator.credentials.create()</c>, with a name beside it.
    /// </summary>
    public Dictionary<string, object?> Make(Answer options, string? name = null)
    {
        UserHandle = options["user"].GetProperty("id").GetString()!;
        var client = ClientData("webauthn.create", options["challenge"].GetString()!);
        var data = AuthenticatorData(Host ?? options["rp"].GetProperty("id").GetString()!, withKey: true);
        var writer = new CborWriter();
        writer.WriteStartMap(3);
        writer.WriteTextString("fmt");
        writer.WriteTextString(Attests ? "packed" : "none");
        writer.WriteTextString("attStmt");
        writer.WriteStartMap(Attests ? 2 : 0);
        if (Attests)
        {
            writer.WriteTextString("alg");
            writer.WriteInt32(-7);
            writer.WriteTextString("sig");
            writer.WriteByteString(SignatureOver(data, client));
        }

        writer.WriteEndMap();
        writer.WriteTextString("authData");
        writer.WriteByteString(data);
        writer.WriteEndMap();
        return Credential(new() { ["clientDataJSON"] = Text(client), ["attestationObject"] = Text(writer.Encode()) }, ("name", name));
    }

    /// <summary>What it returns after <c>navigator.credentials.get()</c>.</summary>
    public Dictionary<string, object?> Sign(Answer options, string? tokenDelivery = null)
    {
        if (Count is { } count)
            Count = count + 1;
        var client = ClientData("webauthn.get", options["challenge"].GetString()!);
        var data = AuthenticatorData(Host ?? options["rpId"].GetString()!, withKey: false);
        return Credential(
            new()
            {
                ["clientDataJSON"] = Text(client),
                ["authenticatorData"] = Text(data),
                ["signature"] = Text(SignatureOver(data, client)),
                ["userHandle"] = UserHandle,
            },
            ("token_delivery", tokenDelivery)
        );
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private Dictionary<string, object?> Credential(Dictionary<string, object> response, (string Name, string? Value) beside)
    {
        var credential = new Dictionary<string, object?>
        {
            ["id"] = Text(CredentialId),
            ["rawId"] = Text(CredentialId),
            ["type"] = "public-key",
            ["authenticatorAttachment"] = "platform",
            ["clientExtensionResults"] = new Dictionary<string, object>(),
            ["response"] = response,
        };
        if (beside.Value is not null)
            credential[beside.Name] = beside.Value;
        return credential;
    }

    private byte[] ClientData(string type, string challenge) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type,
                challenge,
                origin = Origin,
                crossOrigin = false,
            }
        );

    private byte[] AuthenticatorData(string host, bool withKey)
    {
        var flags = UserPresent;
        if (Verifies)
            flags |= UserVerified;
        if (CanBeBackedUp)
            flags |= BackupEligible;
        if (IsBackedUp)
            flags |= BackedUp;
        if (withKey)
            flags |= HasKey;
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count ?? 0);
        byte[] head = [.. SHA256.HashData(Encoding.UTF8.GetBytes(host)), flags, .. count];
        if (!withKey)
            return head;

        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)CredentialId.Length);
        return [.. head, .. new byte[16], .. length, .. CredentialId, .. Reports ?? PublicKey()];
    }

    // RFC 9053, 7.1: kty EC2, alg ES256, crv P-256, x, y.
    private byte[] PublicKey()
    {
        var point = _key.Q;
        var writer = new CborWriter();
        writer.WriteStartMap(5);
        foreach (var (label, value) in (ReadOnlySpan<(int, int)>)[(1, 2), (3, -7), (-1, 1)])
        {
            writer.WriteInt32(label);
            writer.WriteInt32(value);
        }

        writer.WriteInt32(-2);
        writer.WriteByteString(point.X!);
        writer.WriteInt32(-3);
        writer.WriteByteString(point.Y!);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private byte[] SignatureOver(byte[] data, byte[] client)
    {
        using var key = ECDsa.Create(_key);
        return key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static ECParameters NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportParameters(includePrivateParameters: true);
    }
}
