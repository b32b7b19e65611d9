using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Naming;

/// <summary>
/// Hashes what is kept of a name that was given up: the name, and the e-mail address of its owner, who may take it back even after the
/// account was deleted. Without the installation's secret, nobody can try names or addresses against the table.
/// </summary>
internal sealed class NameHashes(SecretKey secret)
{
    private readonly byte[] _owners = secret.Derive("identity.released_names", HMACSHA256.HashSizeInBytes);
    private readonly byte[] _names = secret.Derive("identity.released_names.names", HMACSHA256.HashSizeInBytes);
    private readonly byte[] _skeletons = secret.Derive("identity.released_names.skeletons", HMACSHA256.HashSizeInBytes);

    public byte[] Owner(string emailKey) => HMACSHA256.HashData(_owners, Encoding.UTF8.GetBytes(emailKey));

    public NameHash Of(string name) =>
        new(
            HMACSHA256.HashData(_names, Encoding.UTF8.GetBytes(Names.Key(name))),
            HMACSHA256.HashData(_skeletons, Encoding.UTF8.GetBytes(Names.Skeleton(name)))
        );
}
