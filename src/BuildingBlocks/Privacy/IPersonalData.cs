using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Privacy;

/// <summary>
/// One kind of thing that a module holds about people: one file of the export that a person may ask for. A module registers one for each of
/// its tables that say something about a user.
/// </summary>
/// <typeparam name="TDatabase">The module's database.</typeparam>
public interface IPersonalData<TDatabase>
    where TDatabase : ModuleDatabase
{
    /// <summary>The name of the file, such as <c>posts.json</c>.</summary>
    string File { get; }

    /// <summary>Reads a page of what is held about a user.</summary>
    /// <param name="session">A session on the module's database.</param>
    /// <param name="userId">The user.</param>
    /// <param name="after">Where the page begins: 0, or <see cref="PersonalDataPage.Next"/> of the page before.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    ValueTask<PersonalDataPage> ReadAsync(DatabaseSession session, long userId, long after, CancellationToken cancellationToken);
}
