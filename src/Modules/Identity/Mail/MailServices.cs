using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Mail;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.Mail;

/// <summary>Registers what sends mails.</summary>
internal static class MailServices
{
    /// <returns>How mails are sent.</returns>
    /// <exception cref="InvalidSettingException">The settings of mail cannot work.</exception>
    public static MailSettings AddMail(this IServiceCollection services, ModuleSettings settings)
    {
        var mail = new MailSettings(settings.Configuration, settings.Database);
        services.AddSingleton(mail);
        services.AddSingleton<MailCipher>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<MailLinks>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<MailMetrics>();
        services.AddSingleton<AccountMails>();
        services.MonitorTable<IdentityDatabase>("mails", "kumiko.mails.waiting", "Mails that wait to be sent.");
        if (mail.Way == MailWay.None)
        {
            // Those that were queued before mail was switched off: no sender deletes them.
            services.AddRetention<IdentityDatabase>("mails", "expires_at", TimeSpan.Zero);
            return mail;
        }

        if (mail.Way == MailWay.Smtp)
        {
            services.AddSingleton<IMailTransport, SmtpTransport>();
        }
        else
        {
            services.AddSingleton<IMailTransport, FolderTransport>().AddSingleton<IWrittenMails, WrittenMails>();
            services.AddHostedService<MailFolderSweep>();
        }

        services.AddSingleton<MailSender>();
        services.AddHostedService(provider => provider.GetRequiredService<MailSender>());
        return mail;
    }

    /// <summary>Says once, at the start, where mails go if they do not go to their recipients.</summary>
    public static void ReportMail(this IServiceProvider services)
    {
        // Nothing else resolves it in a process that sends nothing.
        services.GetRequiredService<MailMetrics>();
        var settings = services.GetRequiredService<MailSettings>();
        var logger = services.GetRequiredService<ILogger<MailSender>>();
        if (settings.Way == MailWay.None)
            logger.LogInformation(
                "No mail is sent, so users cannot prove addresses or reset passwords: set Mail:Host and Mail:From to change that"
            );
        else if (settings.Way == MailWay.Folder)
            logger.LogInformation("Mails are written into {Folder} instead of being sent", settings.Folder);
    }
}
