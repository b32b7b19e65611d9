namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>
/// A fact that became true in one module and on which other modules depend. It is declared in the module's Contracts, carries the version
/// of what it describes, since events may overtake each other, and changes only by additions.
/// </summary>
public interface IEvent
{
    /// <summary>The name under which it is stored and sent, such as <c>identity.user_registered</c>. It never changes.</summary>
    static abstract string Name { get; }
}
