using Kumiko.BuildingBlocks.Configuration;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MimeKit;

namespace Kumiko.Identity.Mail;

/// <summary>How mails are sent (the <c>Mail</c> section).</summary>
internal sealed class MailSettings
{
    private const string Example = "such as 'Kumiko <no-reply@example.com>'";

    /// <exception cref="InvalidSettingException">The settings cannot work.</exception>
    public MailSettings(IConfiguration configuration, DatabaseSettings database)
    {
        Host = configuration["Mail:Host"] ?? "";
        var folder = configuration["Mail:Folder"] ?? "";
        if (Host.Length > 0 && folder.Length > 0)
            throw new InvalidSettingException("Mail:Host and Mail:Folder are both set: set one of them.");

        var isDevelopment =
            database.Provider == DatabaseProvider.Sqlite
            && string.Equals(configuration[HostDefaults.EnvironmentKey], Environments.Development, StringComparison.OrdinalIgnoreCase);
        Way =
            Host.Length > 0 ? MailWay.Smtp
            : folder.Length > 0 || isDevelopment ? MailWay.Folder
            : MailWay.None;
        Folder = folder.Length > 0 ? Path.GetFullPath(folder) : Path.Combine(database.Folder, "mail");
        From = ReadFrom(configuration["Mail:From"]);
        (Security, var usualPort) = ReadSecurity(configuration["Mail:Security"]);
        Port = configuration.ReadWholeNumber("Mail:Port", usualPort, min: 1, max: 65_535, "a number from 1 to 65535, such as 587");
        Username = configuration["Mail:Username"] ?? "";
        Password = configuration["Mail:Password"] ?? "";
        if (Way != MailWay.Smtp || Username.Length == 0)
            return;

        if (Password.Length == 0)
            throw new InvalidSettingException("Mail:Username is set and Mail:Password is missing: set both, or neither.");
        if (Security == SecureSocketOptions.None)
            throw new InvalidSettingException(
                "Mail:Security is 'None', which would send Mail:Password unencrypted: set it to 'StartTls' or 'Tls'."
            );
    }

    /// <summary>How mails leave the process.</summary>
    public MailWay Way { get; }

    /// <summary>The mail server (<c>Mail:Host</c>).</summary>
    public string Host { get; }

    /// <summary>Its port (<c>Mail:Port</c>).</summary>
    public int Port { get; }

    /// <summary>How the connection to it is protected (<c>Mail:Security</c>).</summary>
    public SecureSocketOptions Security { get; }

    /// <summary>The user at the mail server (<c>Mail:Username</c>); empty if it asks for none.</summary>
    public string Username { get; }

    /// <summary>The user's password (<c>Mail:Password</c>).</summary>
    public string Password { get; }

    /// <summary>The sender of all mails (<c>Mail:From</c>).</summary>
    public MailboxAddress From { get; }

    /// <summary>The full path of the folder (<c>Mail:Folder</c>; <c>mail</c> in the database's folder if left out).</summary>
    public string Folder { get; }

    private MailboxAddress ReadFrom(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Way == MailWay.Smtp
                ? throw new InvalidSettingException($"Mail:From is missing: set it to the sender of all mails, {Example}.")
                : new MailboxAddress("Kumiko", "kumiko@localhost");
        }

        return MailboxAddress.TryParse(text, out var from) && from.Address.Contains('@', StringComparison.Ordinal)
            ? from
            : throw new InvalidSettingException($"Mail:From is '{text}': set it to the sender of all mails, {Example}.");
    }

    // The ports are those that RFC 5321 (relay), RFC 6409 (submission) and RFC 8314 (submission over TLS) assign.
    private static (SecureSocketOptions Security, int Port) ReadSecurity(string? text) =>
        text?.ToLowerInvariant() switch
        {
            null or "" or "starttls" => (SecureSocketOptions.StartTls, 587),
            "tls" => (SecureSocketOptions.SslOnConnect, 465),
            "none" => (SecureSocketOptions.None, 25),
            _ => throw new InvalidSettingException($"Mail:Security is '{text}': set it to 'StartTls', 'Tls' or 'None'."),
        };
}
