using Kumiko.Identity.Exports;
using Kumiko.Identity.Keys;
using Kumiko.Identity.Mail;
using Kumiko.Identity.SecondFactors;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Identity.SecretRotation;

/// <summary>Lists what the module keeps encrypted.</summary>
internal static class SealedTables
{
    public static void AddSealedTables(this IServiceCollection services)
    {
        services.AddSealedTable<HashKey>(
            "hash key",
            "select id, sealed_key as content from hash_keys where id > @After order by id limit @Take",
            "update hash_keys set sealed_key = @Content where id = @Id and sealed_key = @Before",
            (key, row) => key.Renew(row.Content)
        );
        services.AddSealedTable<SigningKeyCipher>(
            "signing keys",
            """
            select generation as id, kid as owner, private_key as content from signing_keys
            where generation > @After order by generation limit @Take
            """,
            "update signing_keys set private_key = @Content where generation = @Id and private_key = @Before",
            (cipher, row) => cipher.Renew(row.Content, row.Owner)
        );
        services.AddSealedTable<TotpCipher>(
            "secrets of authenticator apps",
            "select user_id as id, sealed_secret as content from totp_secrets where user_id > @After order by user_id limit @Take",
            "update totp_secrets set sealed_secret = @Content where user_id = @Id and sealed_secret = @Before",
            (cipher, row) => cipher.Renew(row.Content, row.Id)
        );
        services.AddSealedTable<MailCipher>(
            "queued mails",
            "select id, content from mails where id > @After order by id limit @Take",
            "update mails set content = @Content where id = @Id and content = @Before",
            (cipher, row) => cipher.Renew(row.Content)
        );
        services.AddSealedTable<ExportKeys>(
            "keys of exports",
            """
            select user_id as id, export_id as owner, private_key as content from exports
            where user_id > @After order by user_id limit @Take
            """,
            "update exports set private_key = @Content where user_id = @Id and private_key = @Before",
            (keys, row) => keys.Renew(row.Content, row.Owner)
        );
    }

    private static void AddSealedTable<TCipher>(
        this IServiceCollection services,
        string name,
        string select,
        string update,
        Func<TCipher, SealedRow, byte[]?> renew
    )
        where TCipher : notnull =>
        services.AddSingleton<ISealedData>(provider =>
        {
            var cipher = provider.GetRequiredService<TCipher>();
            return new SealedTable(provider.GetRequiredService<IdentityDatabase>(), name, select, update, row => renew(cipher, row));
        });
}
