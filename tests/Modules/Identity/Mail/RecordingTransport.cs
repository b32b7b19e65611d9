using System.Collections.Concurrent;
using Kumiko.Identity.Mail;
using MimeKit;

namespace Kumiko.Identity.Tests.Mail;

/// <summary>Keeps the mails that it is handed, or fails as the test says.</summary>
internal sealed class RecordingTransport : IMailTransport
{
    public ConcurrentQueue<MimeMessage> Sent { get; } = [];

    public Exception? Failure { get; set; }

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        if (Failure is not null)
            throw Failure;
        Sent.Enqueue(message);
    }
}
