using System.Collections.Concurrent;
using MimeKit;

namespace Kumiko.TestHosts.Client;

/// <summary>The mails that Kumiko sends in this run: every Host writes them into one folder.</summary>
public static class Mailbox
{
    private static readonly ConcurrentDictionary<string, Task<Mail>> Read = new();

    /// <summary>The folder. <c>KUMIKO_TEST_MAIL</c> names that of a system that already runs elsewhere.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("KUMIKO_TEST_MAIL") ?? CreateFolder();

    /// <summary>Waits until an address has received so many mails with this word in their link, and returns all of those.</summary>
    /// <param name="to">The address.</param>
    /// <param name="page">The page that the link opens, such as <c>/auth/verify</c>; all mails if empty.</param>
    /// <param name="count">How many.</param>
    public static Task<List<MimeMessage>> ReceiveAsync(string to, string page = "", int count = 1) =>
        Eventually.IsAsync(() => FindAsync(to, page), mails => mails.Count >= count);

    /// <summary>The token in the newest of so many mails to an address.</summary>
    public static async Task<string> TokenAsync(string to, string page, int count = 1)
    {
        var mails = await ReceiveAsync(to, page, count);
        var token = mails[^1].TextBody!.Split($"{page}#token=")[1].Split('\n', '&')[0].Trim();
        HostLog.Watch("mailed secret", token);
        return token;
    }

    /// <summary>The mails that an address has received, the oldest first.</summary>
    public static async Task<List<MimeMessage>> FindAsync(string to, string page = "")
    {
        var files = Directory.GetFiles(Folder, "*.eml").Order(StringComparer.Ordinal);
        var mails = await Task.WhenAll(files.Select(file => Read.GetOrAdd(file, ReadAsync)));
        return [.. mails.Where(mail => mail.To == to && mail.Text.Contains(page, StringComparison.Ordinal)).Select(mail => mail.Message)];
    }

    private static async Task<Mail> ReadAsync(string file)
    {
        var message = await MimeMessage.LoadAsync(file);
        return new Mail(message, message.To.Mailboxes.Single().Address, message.TextBody!);
    }

    private static string CreateFolder()
    {
        var folder = Directory.CreateTempSubdirectory("kumiko-mail-").FullName;
        // Also for users of containers, whatever their ids.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    // Tests look at each other's mails at once, and a message parses its headers when it is first asked for them.
    private sealed record Mail(MimeMessage Message, string To, string Text);
}
