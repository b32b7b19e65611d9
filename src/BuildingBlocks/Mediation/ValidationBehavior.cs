using System.Text.Json;
using ErrorOr;
using FluentValidation;
using Kumiko.BuildingBlocks.Failures;
using Kumiko.BuildingBlocks.Validation;
using Mediator;

namespace Kumiko.BuildingBlocks.Mediation;

/// <summary>
/// Runs a message's validator before its handler. An invalid value is a 422 in a command. In a query, whose values come from the URL, it is
/// a 400, except for rules that say otherwise (<see cref="QueryRules.IsReadable"/>).
/// </summary>
public sealed class ValidationBehavior<TMessage, TResponse>(IEnumerable<IValidator<TMessage>> validators)
    : IPipelineBehavior<TMessage, TResponse>
    where TMessage : notnull, IMessage
    where TResponse : IErrorOr
{
    private static readonly Func<List<Error>, TResponse> Failed = typeof(TResponse)
        .GetMethod(nameof(ErrorOr<object>.From), [typeof(List<Error>)])!
        .CreateDelegate<Func<List<Error>, TResponse>>();

    private readonly IValidator<TMessage>? _validator = validators.SingleOrDefault();

    /// <inheritdoc />
    public async ValueTask<TResponse> Handle(
        TMessage message,
        MessageHandlerDelegate<TMessage, TResponse> next,
        CancellationToken cancellationToken
    )
    {
        if (_validator is null)
            return await next(message, cancellationToken);

        var result = await _validator.ValidateAsync(message, cancellationToken);
        if (result.IsValid)
            return await next(message, cancellationToken);

        return Failed(
            result.Errors.ConvertAll(failure =>
            {
                var field = JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.PropertyName);
                return message is IBaseQuery && !QueryRules.IsReadable(failure)
                    ? Errors.Malformed(field, failure.ErrorMessage)
                    : Errors.Invalid(field, failure.ErrorMessage);
            })
        );
    }
}
