using System.Security.Cryptography;
using System.Text;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Naming;

/// <summary>
/// Hashes what is kept of a name that was given up: the name, and the e-mail address of its owner, who may take it back even after the
/// account was deleted. Without the hash key, nobody can try names or addresses against the table.
/// </summary>
internal sealed class NameHashes(HashKey hashKey)
{
    public byte[] Owner(string emailKey) => HMACSHA256.HashData(hashKey.For("identity.released_names"), Encoding.UTF8.GetBytes(emailKey));

    public NameHash Of(string name) =>
        new(
            HMACSHA256.HashData(hashKey.For("identity.released_names.names"), Encoding.UTF8.GetBytes(Names.Key(name))),
            HMACSHA256.HashData(hashKey.For("identity.released_names.skeletons"), Encoding.UTF8.GetBytes(Names.Skeleton(name)))
        );
}
