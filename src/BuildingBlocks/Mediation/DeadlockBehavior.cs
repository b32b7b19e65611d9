using Kumiko.BuildingBlocks.Data;
using Mediator;

namespace Kumiko.BuildingBlocks.Mediation;

/// <summary>Runs a handler again if MySQL rolled its transaction back because of a deadlock. Nothing of the first run remains.</summary>
public sealed class DeadlockBehavior<TMessage, TResponse> : IPipelineBehavior<TMessage, TResponse>
    where TMessage : notnull, IMessage
{
    private const int Attempts = 4;

    /// <inheritdoc />
    public async ValueTask<TResponse> Handle(
        TMessage message,
        MessageHandlerDelegate<TMessage, TResponse> next,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await next(message, cancellationToken);
            }
            catch (Exception e) when (attempt < Attempts && DatabaseFailure.IsDeadlock(e))
            {
                // Pause for a random time, so that the transactions don't meet again.
                await Task.Delay(Random.Shared.Next(5, 25 * attempt), cancellationToken);
            }
        }
    }
}
