using System.Security.Cryptography;
using System.Text;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Devices;

/// <summary>The devices from which a user has signed in.</summary>
internal sealed class KnownDevices(HashKey hashKey)
{
    // More than anybody uses; the least recently used are forgotten.
    private const int MaxPerUser = 50;

    /// <summary>The device as stored in the table: a keyed hash, so that the table does not reveal it.</summary>
    /// <param name="token">The token that the browser sends; null for a client without cookies.</param>
    /// <param name="address">The client's address, which identifies a client without cookies.</param>
    public byte[] Hash(string? token, string address) =>
        HMACSHA256.HashData(
            hashKey.For("identity.devices"),
            Encoding.UTF8.GetBytes(token is null ? $"address {address}" : $"browser {token}")
        );

    /// <summary>
    /// Forgets every device except this one: an attacker who signed in elsewhere with the old password gets no separate tries at the new
    /// one.
    /// </summary>
    public static async ValueTask ForgetOthersAsync(UnitOfWork work, long userId, byte[] device, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            "delete from known_devices where user_id = @UserId and device_hash <> @Device",
            new { UserId = userId, Device = device },
            cancellationToken
        );

    /// <summary>Records that the user proved the password on this device.</summary>
    public static async ValueTask RememberAsync(
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
            MaxPerUser,
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
            delete from known_devices where user_id = @UserId and device_hash in (
                select device_hash from (
                    select device_hash from known_devices where user_id = @UserId
                    order by last_used_at desc, device_hash limit 1000 offset @MaxPerUser) as surplus)
            """,
            parameters,
            cancellationToken
        );
    }
}
