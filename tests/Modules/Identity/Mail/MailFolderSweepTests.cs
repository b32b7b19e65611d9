using Kumiko.Identity.Mail;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.Identity.Tests.Mail;

public sealed class MailFolderSweepTests
{
    private const string Ours = "20260101T000000000-0123456789abcdef0123456789abcdef.eml";

    [Fact]
    public async Task Only_our_files_older_than_seven_days_are_deleted()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("kumiko-mails");
        try
        {
            var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
            string[] old = [Ours, Ours + ".part", "notes.eml", "invoice.pdf", "x" + Ours];
            foreach (var name in old)
                Write(folder, name, clock.GetUtcNow() - MailFolderSweep.Kept - TimeSpan.FromSeconds(1));
            Write(folder, Ours.Replace('1', '2'), clock.GetUtcNow() - MailFolderSweep.Kept + TimeSpan.FromDays(1));

            using var sweep = new MailFolderSweep(
                MailComposerTests.Settings(("Mail:Folder", folder.FullName)),
                clock,
                NullLogger<MailFolderSweep>.Instance
            );
            await sweep.StartAsync(TestContext.Current.CancellationToken);
            while (File.Exists(Path.Combine(folder.FullName, Ours)) || File.Exists(Path.Combine(folder.FullName, Ours + ".part")))
                await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
            await sweep.StopAsync(TestContext.Current.CancellationToken);

            Assert.Equal(
                new SortedSet<string>([Ours.Replace('1', '2'), "invoice.pdf", "notes.eml", "x" + Ours], StringComparer.Ordinal),
                new SortedSet<string>(folder.GetFiles().Select(file => file.Name), StringComparer.Ordinal)
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(DirectoryInfo folder, string name, DateTimeOffset time)
    {
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, "mail");
        File.SetLastWriteTimeUtc(file, time.UtcDateTime);
    }
}
