using System.Diagnostics;
using Kumiko.BuildingBlocks.Failures;
using Kumiko.BuildingBlocks.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>
/// Writes every problem document of the process, including the framework's. The framework's own writer leaves the body empty if the client
/// did not ask for JSON, but this API promises a problem document whatever the client asked for.
/// </summary>
public sealed class ProblemWriter : IProblemDetailsWriter
{
    /// <inheritdoc />
    public bool CanWrite(ProblemDetailsContext context) => true;

    /// <inheritdoc />
    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Status = context.HttpContext.Response.StatusCode;
        // Discard the framework's texts for a status: they name no cause, and their types vary.
        problem.Title = null;
        problem.Type = null;
        await WriteAsync(context.HttpContext, problem);
    }

    internal static async Task WriteAsync(HttpContext http, ProblemDetails problem)
    {
        var status = problem.Status ?? http.Response.StatusCode;
        problem.Status = status;
        Complete(problem, status);
        if (status == StatusCodes.Status403Forbidden)
            http.RequestServices.GetRequiredService<SecurityEvents>().Refused(SecurityEvent.Forbidden);
        problem.Instance ??= http.Request.PathBase.Add(http.Request.Path).ToUriComponent();
        problem.Extensions["trace_id"] = TraceId(http);
        // The exception handler clears headers that were set earlier.
        SetTraceHeader(http);
        problem.Extensions.Remove("traceId");
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await Answers.WriteAsync(http, problem, "application/problem+json");
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected meanwhile. Above this is the exception handler itself, which would log an error of our own.
        }
    }

    /// <summary>
    /// Fills in what follows from the status alone: the type, the title and, if the problem has no detail of its own, the detail.
    /// </summary>
    public static void Complete(ProblemDetails problem, int status)
    {
        // 'about:blank' would add nothing to the status (RFC 9457, 4.2.1); the section that defines the status explains it.
        problem.Type ??= status switch
        {
            StatusCodes.Status422UnprocessableEntity => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.21",
            StatusCodes.Status412PreconditionFailed => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.13",
            StatusCodes.Status429TooManyRequests => "https://www.rfc-editor.org/rfc/rfc6585#section-4",
            >= 500 => $"https://www.rfc-editor.org/rfc/rfc9110#section-15.6.{status - 499}",
            <= 417 => $"https://www.rfc-editor.org/rfc/rfc9110#section-15.5.{status - 399}",
            _ => "about:blank",
        };
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Detail ??= Detail(status);
    }

    /// <summary>The id that a client quotes and an operator searches for: the trace's id in hexadecimal (W3C Trace Context).</summary>
    public static string TraceId(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    /// <summary>Sets the header with the trace's id, on every response.</summary>
    public static void SetTraceHeader(HttpContext http) => http.Response.Headers["X-Trace-Id"] = TraceId(http);

    private static string Detail(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "The request is malformed.",
            StatusCodes.Status401Unauthorized => "Sign in first: send a valid access token as 'Authorization: Bearer ...'.",
            StatusCodes.Status403Forbidden => "You are not allowed to do this.",
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status405MethodNotAllowed => "This method is not allowed here; 'Allow' lists the methods that are.",
            StatusCodes.Status406NotAcceptable => "None of the media types in 'Accept' is available here.",
            StatusCodes.Status409Conflict => "The request conflicts with the current state.",
            StatusCodes.Status410Gone => "The resource has been deleted.",
            StatusCodes.Status412PreconditionFailed => Errors.PreconditionFailed().Description,
            StatusCodes.Status413PayloadTooLarge => "The body is larger than 64 KiB.",
            StatusCodes.Status414UriTooLong => "The URL is longer than 8 KiB.",
            StatusCodes.Status415UnsupportedMediaType => "Send the body as JSON in UTF-8, with 'Content-Type: application/json'.",
            StatusCodes.Status422UnprocessableEntity => "Some values are not valid; 'errors' lists them.",
            StatusCodes.Status429TooManyRequests => "Too many requests. Try again when the time in 'Retry-After' has passed.",
            StatusCodes.Status503ServiceUnavailable => "The database cannot be reached at the moment. Try again in a few seconds.",
            >= 500 => "Something went wrong on the server. Quote the trace id when you report it.",
            _ => "The request could not be processed.",
        };
}
