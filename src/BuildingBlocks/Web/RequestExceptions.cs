using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>
/// Answers exceptions in requests: 4xx for errors of the client, 503 while a dependency is unavailable, 500 for errors of our own. The text
/// of an exception never leaves the process.
/// </summary>
internal sealed partial class RequestExceptions(ILogger<RequestExceptions> logger) : IExceptionHandler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected. Proxies log this as 499.
            httpContext.Response.StatusCode = 499;
            return true;
        }

        var problem = Problem(httpContext, exception);
        httpContext.Response.StatusCode = problem.Status!.Value;
        await ProblemWriter.WriteAsync(httpContext, problem);
        return true;
    }

    private ProblemDetails Problem(HttpContext http, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
            return new ProblemDetails { Status = bad.StatusCode, Detail = Detail(bad) };

        // The framework has no exception type for a charset that doesn't exist.
        if (
            exception is InvalidOperationException
            && exception.Message.StartsWith("Unable to read the request as JSON", StringComparison.Ordinal)
        )
            return new ProblemDetails { Status = StatusCodes.Status415UnsupportedMediaType };

        if (DatabaseFailure.IsUnavailable(exception) || DatabaseFailure.IsDeadlock(exception))
        {
            logger.LogWarning(
                "The database cannot be reached ({Reason}); {Method} {Path} was answered 503",
                exception.Message,
                http.Request.Method,
                http.Request.Path
            );
            return Unavailable(http, null);
        }

        // The cause was logged once, when it began.
        if (exception is TokenKeysUnavailableException)
            return Unavailable(http, "Your sign-in cannot be verified right now. Try again in a few seconds.");

        logger.LogError(exception, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
        return new ProblemDetails { Status = StatusCodes.Status500InternalServerError };
    }

    private static ProblemDetails Unavailable(HttpContext http, string? detail)
    {
        http.Response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Detail = detail };
    }

    private static string? Detail(BadHttpRequestException bad)
    {
        if (bad.StatusCode != StatusCodes.Status400BadRequest)
            return null;

        if (bad.InnerException is JsonException json)
        {
            if (IsNotUnicode(json))
                return $"The text at '{json.Path}' is not valid Unicode.";

            return json.Path is { Length: > 1 } path && json.Message.Contains("could not be converted", StringComparison.Ordinal)
                ? $"The JSON value at '{path}' has the wrong type."
                : "The body is not valid JSON.";
        }

        if (bad.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal))
            return "Send a JSON body.";

        // The framework's message contains .NET types, so only the parameter's name is taken from it.
        var parameter = UnboundParameter().Match(bad.Message);
        return parameter.Success
            ? $"The value of '{JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Groups[1].Value)}' is malformed."
            : null;
    }

    // A lone surrogate, or bytes that are not UTF-8: only the message distinguishes them from a wrong type.
    private static bool IsNotUnicode(JsonException json) =>
        json.InnerException is InvalidOperationException { InnerException: DecoderFallbackException }
        || (json.InnerException is InvalidOperationException unreadable && unreadable.Message.Contains("UTF-16", StringComparison.Ordinal));

    [GeneratedRegex(@"^(?:Failed to bind parameter|Required parameter) ""\S+ (\w+)""")]
    private static partial Regex UnboundParameter();
}
