using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Naming;

/// <summary>
/// Identifies who may take a name back after the account was deleted: the owner of its e-mail address, of which only a keyed hash is kept.
/// </summary>
internal sealed class NameOwner(SecretKey secret)
{
    private readonly byte[] _key = secret.Derive("identity.released_names", 32);

    public byte[] Of(string emailKey) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(emailKey));
}
