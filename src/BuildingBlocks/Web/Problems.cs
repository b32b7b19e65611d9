using System.Globalization;
using ErrorOr;
using Kumiko.BuildingBlocks.Failures;
using Kumiko.BuildingBlocks.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>Turns failures into problem documents (RFC 9457).</summary>
public static class Problems
{
    /// <summary>The response to an expected failure. Failures that name a field are listed under <c>errors</c>.</summary>
    public static IResult From(List<Error> failures) => new ProblemResult(failures);

    private sealed class ProblemResult(List<Error> failures) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var first = failures[0];
            var status = first.NumericType;
            var named = failures
                .Where(failure => failure.Code.Length > 0)
                .ToLookup(failure => failure.Code, failure => failure.Description);
            var problem = new ProblemDetails { Status = status, Detail = named.Count == 0 ? first.Description : Summary(status) };
            problem.Type = first.Metadata?.GetValueOrDefault(Errors.TypeKey) as string;
            if (named.Count > 0)
                problem.Extensions["errors"] = named.ToDictionary(field => field.Key, field => field.ToArray());
            if (first.Metadata?.TryGetValue(Errors.RetryAfterKey, out var value) == true && value is TimeSpan wait)
                httpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds))
                    .ToString(CultureInfo.InvariantCulture);
            var state = first.Metadata?.GetValueOrDefault(Errors.RateLimitKey) as RateLimitState;
            state?.WriteTo(httpContext.Response.Headers);
            if (status == StatusCodes.Status429TooManyRequests)
                httpContext
                    .RequestServices.GetRequiredService<SecurityEvents>()
                    .Refused(SecurityEvent.RateLimit, reason: state?.Name ?? "lane");
            if (status == StatusCodes.Status401Unauthorized)
                httpContext.Response.Headers.WWWAuthenticate = first.Metadata?.GetValueOrDefault(Errors.ChallengeKey) as string ?? "Bearer";

            httpContext.Response.StatusCode = status;
            await ProblemWriter.WriteAsync(httpContext, problem);
        }

        // For any other status, the problem's writer has the sentence.
        private static string? Summary(int status) =>
            status switch
            {
                StatusCodes.Status400BadRequest => "A value in the path, the query or a header is malformed; 'errors' lists it.",
                StatusCodes.Status409Conflict => "The request conflicts with existing data; 'errors' lists the fields.",
                _ => null,
            };
    }
}
