using System.Security.Cryptography;
using System.Text.Json;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Mail;

/// <summary>Encrypts queued mails: they hold addresses, and secrets that let their reader into an account.</summary>
internal sealed class MailCipher(SecretKey secret)
{
    private const string Owner = "mail";

    private readonly SealingCipher _cipher = new(secret, "identity.mails");

    public byte[] Seal(QueuedMail mail) =>
        _cipher.Encrypt(JsonSerializer.SerializeToUtf8Bytes(mail, QueuedMailJson.Default.QueuedMail), Owner);

    /// <summary>Encrypts a mail again; null if that is not necessary.</summary>
    /// <exception cref="CryptographicException">The mail was sealed under another secret key.</exception>
    public byte[]? Renew(byte[] content) => _cipher.Renew(content, Owner);

    /// <exception cref="CryptographicException">The mail was sealed under another secret key.</exception>
    /// <exception cref="JsonException">Another version of the program has queued a mail that this one does not know.</exception>
    public QueuedMail Open(byte[] content) =>
        JsonSerializer.Deserialize(_cipher.Decrypt(content, Owner), QueuedMailJson.Default.QueuedMail)
        ?? throw new JsonException("The mail is empty.");
}
