using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Devices;

/// <summary>Where an account was signed in to before.</summary>
internal sealed class KnownDevices(SecretKey secret)
{
    // More than anybody uses; the ones that were not used for longest are forgotten.
    private const int MaxPerUser = 50;

    private readonly byte[] _key = secret.Derive("identity.devices", 32);

    /// <summary>A device as it stands in the table: a keyed hash, so that the table gives none away.</summary>
    /// <param name="token">What a browser shows; null for a client without cookies.</param>
    /// <param name="address">The client's address, by which such a client is known again.</param>
    public byte[] Hash(string? token, string address) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(token is null ? $"address {address}" : $"browser {token}"));

    /// <summary>
    /// Forgets every device but this one: whoever signed in elsewhere with the old password gets no tries of their own at the new one.
    /// </summary>
    public static async ValueTask ForgetOthersAsync(UnitOfWork work, long userId, byte[] device, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            "delete from known_devices where user_id = @UserId and device_hash <> @Device",
            new { UserId = userId, Device = device },
            cancellationToken
        );

    /// <summary>Notes that the user proved the password here.</summary>
    public static async ValueTask NoteAsync(
        UnitOfWork work,
        long userId,
        byte[] device,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var parameters = new
        {
            UserId = userId,
            Device = device,
            Now = now,
            Most = MaxPerUser,
        };
        var known = await work.ExecuteAsync(
            "update known_devices set last_used_at = @Now where user_id = @UserId and device_hash = @Device",
            parameters,
            cancellationToken
        );
        if (known > 0)
            return;

        await work.ExecuteAsync(
            "insert into known_devices (user_id, device_hash, last_used_at) values (@UserId, @Device, @Now)",
            parameters,
            cancellationToken
        );
        await work.ExecuteAsync(
            """
            delete from known_devices where user_id = @UserId and device_hash in
                (select device_hash from (select device_hash from known_devices where user_id = @UserId order by last_used_at desc, device_hash limit 1000 offset @Most) as surplus)
            """,
            parameters,
            cancellationToken
        );
    }
}
