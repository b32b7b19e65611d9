using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Naming;

/// <summary>
/// Who comes back for a name after the account was deleted: whoever has its e-mail address, of which nothing is kept but a keyed hash.
/// </summary>
internal sealed class NameOwner(SecretKey secret)
{
    private readonly byte[] _key = secret.Derive("identity.given_up_names", 32);

    public byte[] Of(string emailKey) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(emailKey));
}
