using System.Globalization;
using MimeKit;

namespace Kumiko.Identity.Mail;

/// <summary>Writes mails into a folder as <c>.eml</c> files, which mail readers open. For development and tests.</summary>
internal sealed class FolderTransport(MailSettings settings) : IMailTransport
{
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            if (!System.IO.Directory.Exists(settings.Folder))
                PrivateFolder.Ensure(settings.Folder);
            var name = message.MessageId!.Split('@')[0];
            var time = message.Date.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
            var file = Path.Combine(settings.Folder, $"{time}-{name}.eml");
            // Complete from the moment it has its name.
            var temporary = file + ".part";
            PrivateFolder.EnsureFile(temporary);
            await using (var stream = File.Open(temporary, FileMode.Truncate))
                await message.WriteToAsync(stream, cancellationToken);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailUnavailableException(e.Message);
        }
    }
}
