using Kumiko.BuildingBlocks.Mail;
using MimeKit;

namespace Kumiko.Identity.Mail;

/// <summary>Reads what <see cref="FolderTransport"/> has written.</summary>
internal sealed class WrittenMails(MailSettings settings) : IWrittenMails
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<WrittenMail>> ReadNewestAsync(int max, CancellationToken cancellationToken)
    {
        var mails = new List<WrittenMail>();
        foreach (var name in Names().OrderDescending(StringComparer.Ordinal).Take(max))
            mails.Add(await ReadAsync(name, cancellationToken));
        return mails;
    }

    /// <inheritdoc />
    // Only names of files that are there: a path cannot lead out of the folder.
    public async Task<WrittenMail?> FindAsync(string name, CancellationToken cancellationToken) =>
        Names().Contains(name, StringComparer.Ordinal) ? await ReadAsync(name, cancellationToken) : null;

    // They begin with the time.
    private IEnumerable<string> Names() =>
        System.IO.Directory.Exists(settings.Folder)
            ? System.IO.Directory.EnumerateFiles(settings.Folder, "*.eml").Select(file => Path.GetFileName(file))
            : [];

    private async Task<WrittenMail> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var message = await MimeMessage.LoadAsync(Path.Combine(settings.Folder, name), cancellationToken);
        return new WrittenMail(
            name,
            message.Date,
            message.From.ToString(),
            message.To.ToString(),
            message.Subject ?? "",
            message.TextBody ?? "",
            message.HtmlBody ?? ""
        );
    }
}
