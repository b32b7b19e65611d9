namespace Kumiko.BuildingBlocks.Mail;

/// <summary>
/// The mails that a module writes into a folder in place of sending them; the module registers this, and the Host shows them to developers.
/// </summary>
public interface IWrittenMails
{
    /// <summary>Reads the newest mails, the newest first.</summary>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    Task<IReadOnlyList<WrittenMail>> ReadNewestAsync(int max, CancellationToken cancellationToken);

    /// <summary>Reads a mail; null if there is none of this name.</summary>
    Task<WrittenMail?> FindAsync(string name, CancellationToken cancellationToken);
}
