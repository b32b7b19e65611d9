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
/// Answers what a request threw: 4xx for what the client sent, 503 while what is needed is away, 500 for our own faults. No text of an
/// exception leaves the process.
/// </summary>
internal sealed partial class RequestExceptions(ILogger<RequestExceptions> logger) : IExceptionHandler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer. 499 is what proxies log for it.
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

        // The framework has no type of its own for a charset that does not exist.
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

        // Its cause was logged once, when it began.
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

        // The framework's text names .NET types, so only the parameter's name is taken from it.
        var parameter = UnboundParameter().Match(bad.Message);
        return parameter.Success
            ? $"The value of '{JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Groups[1].Value)}' is malformed."
            : null;
    }

    // Half a character, or bytes that are not UTF-8: the reader tells them from a wrong type by its text alone.
    private static bool IsNotUnicode(JsonException json) =>
        json.InnerException is InvalidOperationException { InnerException: DecoderFallbackException }
        || (json.InnerException is InvalidOperationException unreadable && unreadable.Message.Contains("UTF-16", StringComparison.Ordinal));

    [GeneratedRegex(@"^(?:Failed to bind parameter|Required parameter) ""\S+ (\w+)""")]
    private static partial Regex UnboundParameter();
}
