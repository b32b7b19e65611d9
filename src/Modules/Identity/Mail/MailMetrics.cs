using System.Diagnostics.Metrics;
using Kumiko.BuildingBlocks.Observability;

namespace Kumiko.Identity.Mail;

/// <summary>Counts mails that were sent, that have to be tried again and that were given up.</summary>
internal sealed class MailMetrics
{
    private readonly Counter<long> _mails;

    public MailMetrics(IMeterFactory meters)
    {
        _mails = meters
            .Create(Metering.MeterName)
            .CreateCounter<long>("kumiko.mails", description: "Attempts to send a mail, by how they ended.");
        // From zero, so that the first of each is visible as a rise.
        foreach (var outcome in (string[])["sent", "postponed", "given_up"])
            Add(outcome, 0);
    }

    public void Sent() => Add("sent", 1);

    public void Postponed() => Add("postponed", 1);

    public void GivenUp() => Add("given_up", 1);

    private void Add(string outcome, long count) => _mails.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
}
