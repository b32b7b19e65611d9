using ErrorOr;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.Failures;

/// <summary>
/// Expected failures as values. The type of each is the HTTP status that it becomes; the description is for the person who reads the
/// answer.
/// </summary>
public static class Errors
{
    internal const string RetryAfterKey = "retry_after";
    internal const string RateLimitKey = "rate_limit";

    /// <summary>400: a value in the path, the query or a header cannot be understood.</summary>
    public static Error Malformed(string field, string description) => Error.Custom(StatusCodes.Status400BadRequest, field, description);

    /// <summary>401: nobody is signed in, or no longer.</summary>
    public static Error Unauthorized(string description) => Error.Custom(StatusCodes.Status401Unauthorized, "", description);

    /// <summary>403: signed in, but not allowed.</summary>
    public static Error Forbidden(string description) => Error.Custom(StatusCodes.Status403Forbidden, "", description);

    /// <summary>404: no such thing.</summary>
    public static Error NotFound(string description) => Error.Custom(StatusCodes.Status404NotFound, "", description);

    /// <summary>406: the caller takes no kind of answer that there is.</summary>
    public static Error NotAcceptable(string description) => Error.Custom(StatusCodes.Status406NotAcceptable, "", description);

    /// <summary>409: it collides with what is there.</summary>
    /// <param name="field">The JSON name of the field that collides, or empty.</param>
    /// <param name="description">What collides.</param>
    public static Error Conflict(string field, string description) => Error.Custom(StatusCodes.Status409Conflict, field, description);

    /// <summary>410: it was there, and is gone for good.</summary>
    public static Error Gone(string description) => Error.Custom(StatusCodes.Status410Gone, "", description);

    /// <summary>412: somebody changed it since the caller read it.</summary>
    public static Error PreconditionFailed() =>
        Error.Custom(
            StatusCodes.Status412PreconditionFailed,
            "",
            "The resource has changed since you read it: 'If-Match' names another version. Read it again."
        );

    /// <summary>415: the body is in a form that is not read here.</summary>
    public static Error UnsupportedMediaType(string description) =>
        Error.Custom(StatusCodes.Status415UnsupportedMediaType, "", description);

    /// <summary>422: understood, but not valid.</summary>
    /// <param name="field">The JSON name of the field, or empty.</param>
    /// <param name="description">What to mend.</param>
    public static Error Invalid(string field, string description) =>
        Error.Custom(StatusCodes.Status422UnprocessableEntity, field, description);

    /// <summary>503: this process has as much to do as it can; the caller may come back later.</summary>
    public static Error Unavailable(string description, TimeSpan retryAfter) =>
        Error.Custom(
            StatusCodes.Status503ServiceUnavailable,
            "",
            description,
            new Dictionary<string, object> { [RetryAfterKey] = retryAfter }
        );

    /// <summary>429: too many of these; the caller may come back later.</summary>
    public static Error TooManyRequests(string description, TimeSpan retryAfter) =>
        Error.Custom(
            StatusCodes.Status429TooManyRequests,
            "",
            description,
            new Dictionary<string, object> { [RetryAfterKey] = retryAfter }
        );

    /// <summary>429: the caller has used up a quota. The answer says which, and when there is more.</summary>
    public static Error TooManyRequests(string description, RateLimitState state) =>
        Error.Custom(
            StatusCodes.Status429TooManyRequests,
            "",
            description,
            new Dictionary<string, object> { [RetryAfterKey] = state.Reset ?? TimeSpan.FromSeconds(10), [RateLimitKey] = state }
        );
}
