using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.BuildingBlocks.Privacy;

/// <summary>An event that asks modules for what they hold about a user.</summary>
/// <typeparam name="TPart">The event with a module's answer.</typeparam>
public interface IPersonalDataRequest<out TPart> : IEvent
    where TPart : IEvent
{
    /// <summary>The export that the answers belong to.</summary>
    string ExportId { get; }

    /// <summary>The user.</summary>
    long UserId { get; }

    /// <summary>The module that is asked to go on; null if every module is asked to begin.</summary>
    string? OfModule { get; }

    /// <summary>The number of the part that is asked for, from 0.</summary>
    int Number { get; }

    /// <summary>Where the part begins, as the module said in the part before; null for the first.</summary>
    string? Place { get; }

    /// <summary>The key that seals the answers, in base64.</summary>
    string PublicKey { get; }

    /// <summary>The time from which nobody waits for an answer.</summary>
    DateTimeOffset ExpiresAt { get; }

    /// <summary>The event that answers this one.</summary>
    /// <param name="moduleName">The module that answers.</param>
    /// <param name="content">What it holds, sealed, in base64.</param>
    /// <param name="place">Where its next part begins; null if there is none.</param>
    TPart Answer(string moduleName, string content, string? place);
}
