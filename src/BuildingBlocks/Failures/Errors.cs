using ErrorOr;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.Failures;

/// <summary>
/// Expected failures as values. The type of each is its HTTP status; the description is for the person who reads the response.
/// </summary>
public static class Errors
{
    /// <summary>
    /// The type of a refusal because the account's e-mail address is not proved. It is the same in every module, so that a page can tell
    /// what to do.
    /// </summary>
    public const string EmailUnverifiedType = "/email-verification-required";

    internal const string RetryAfterKey = "retry_after";
    internal const string RateLimitKey = "rate_limit";
    internal const string TypeKey = "type";
    internal const string ChallengeKey = "challenge";

    /// <summary>400: a value in the path, the query or a header is malformed.</summary>
    public static Error Malformed(string field, string description) => Error.Custom(StatusCodes.Status400BadRequest, field, description);

    /// <summary>401: the caller is not signed in, or no longer.</summary>
    public static Error Unauthorized(string description) => Error.Custom(StatusCodes.Status401Unauthorized, "", description);

    /// <summary>401: what the caller proved is not enough, and the response says what is missing.</summary>
    /// <param name="description">What is missing.</param>
    /// <param name="type">The problem's type (RFC 9457, 3.1.1), by which clients tell it apart, such as <c>/account-disabled</c>.</param>
    /// <param name="challenge">The value of <c>WWW-Authenticate</c>.</param>
    public static Error Unauthorized(string description, string type, string challenge = "Bearer") =>
        Error.Custom(
            StatusCodes.Status401Unauthorized,
            "",
            description,
            new Dictionary<string, object> { [TypeKey] = type, [ChallengeKey] = challenge }
        );

    /// <summary>403: the caller is signed in, but not allowed to do this.</summary>
    public static Error Forbidden(string description) => Error.Custom(StatusCodes.Status403Forbidden, "", description);

    /// <summary>403: the caller may do this once something is done about it, which the type says.</summary>
    /// <param name="description">What is missing.</param>
    /// <param name="type">The problem's type (RFC 9457, 3.1.1), by which clients tell it apart.</param>
    public static Error Forbidden(string description, string type) =>
        Error.Custom(StatusCodes.Status403Forbidden, "", description, new Dictionary<string, object> { [TypeKey] = type });

    /// <summary>404: the resource doesn't exist.</summary>
    public static Error NotFound(string description) => Error.Custom(StatusCodes.Status404NotFound, "", description);

    /// <summary>406: the caller accepts none of the available media types.</summary>
    public static Error NotAcceptable(string description) => Error.Custom(StatusCodes.Status406NotAcceptable, "", description);

    /// <summary>409: the request conflicts with existing data.</summary>
    /// <param name="field">The JSON name of the field that conflicts, or empty.</param>
    /// <param name="description">The description of the conflict.</param>
    public static Error Conflict(string field, string description) => Error.Custom(StatusCodes.Status409Conflict, field, description);

    /// <summary>410: the resource existed, and has been deleted for good.</summary>
    public static Error Gone(string description) => Error.Custom(StatusCodes.Status410Gone, "", description);

    /// <summary>412: the resource has changed since the caller read it.</summary>
    public static Error PreconditionFailed() =>
        Error.Custom(
            StatusCodes.Status412PreconditionFailed,
            "",
            "The resource has changed since you read it: 'If-Match' names another version. Read it again."
        );

    /// <summary>415: the media type or the encoding of the body is not supported.</summary>
    public static Error UnsupportedMediaType(string description) =>
        Error.Custom(StatusCodes.Status415UnsupportedMediaType, "", description);

    /// <summary>422: the request is well-formed, but a value is not valid.</summary>
    /// <param name="field">The JSON name of the field, or empty.</param>
    /// <param name="description">The description of what to change.</param>
    public static Error Invalid(string field, string description) =>
        Error.Custom(StatusCodes.Status422UnprocessableEntity, field, description);

    /// <summary>503: this process is at its capacity; the caller may try again later.</summary>
    public static Error Unavailable(string description, TimeSpan retryAfter) =>
        Error.Custom(
            StatusCodes.Status503ServiceUnavailable,
            "",
            description,
            new Dictionary<string, object> { [RetryAfterKey] = retryAfter }
        );

    /// <summary>429: the caller has used up a quota. The response says which, and when it is replenished.</summary>
    public static Error TooManyRequests(string description, RateLimitState state) =>
        Error.Custom(
            StatusCodes.Status429TooManyRequests,
            "",
            description,
            new Dictionary<string, object> { [RetryAfterKey] = state.Reset ?? TimeSpan.FromSeconds(10), [RateLimitKey] = state }
        );
}
