using System.Text.RegularExpressions;
using Kumiko.BuildingBlocks.Background;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.Mail;

/// <summary>Deletes old files of mails: they hold names and addresses, also of accounts that are deleted.</summary>
internal sealed partial class MailFolderSweep(MailSettings settings, TimeProvider clock, ILogger<MailFolderSweep> logger)
    : PeriodicService(Interval, clock, startsAtOnce: true)
{
    /// <summary>How long a file is kept: as long as events that were delivered.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _clock = clock;
    private readonly Outage _outage = new("Deleting old mails", logger, e => e is IOException or UnauthorizedAccessException);

    protected override Task RunOnceAsync(CancellationToken cancellationToken) =>
        _outage.TryAsync(
            _ =>
            {
                Delete();
                return Task.CompletedTask;
            },
            cancellationToken
        );

    private void Delete()
    {
        if (!System.IO.Directory.Exists(settings.Folder))
            return;

        var before = _clock.GetUtcNow() - Kept;
        foreach (var file in System.IO.Directory.EnumerateFiles(settings.Folder))
        {
            // Others may keep files of their own in the folder.
            if (OurFile().IsMatch(Path.GetFileName(file)) && File.GetLastWriteTimeUtc(file) < before)
                File.Delete(file);
        }
    }

    [GeneratedRegex(@"^[0-9]{8}T[0-9]{9}-[0-9a-f]{32}\.eml(\.part)?\z")]
    private static partial Regex OurFile();
}
