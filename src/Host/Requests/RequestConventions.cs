using System.Reflection;
using System.Runtime.CompilerServices;
using Kumiko.BuildingBlocks.Failures;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Kumiko.Host.Requests;

/// <summary>Reads requests to the API in the same way for every endpoint: different spellings of one request mean the same.</summary>
internal static class RequestConventions
{
    /// <summary>The maximum length of the path with its query, in characters as they are sent.</summary>
    public const int MaxTarget = 8 * 1024;

    private static readonly string[] Utf8 = ["utf-8", "utf8", "us-ascii", ""];

    // The parameters of each endpoint that are numbers, found at its first request.
    private static readonly ConditionalWeakTable<Endpoint, string[]> Numbers = [];

    /// <summary>Lets routes accept numbers in one spelling only.</summary>
    public static IServiceCollection AddRequestConventions(this IServiceCollection services) =>
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<WholeNumber>("long"));

    /// <summary>Reads the request. Use it before routing, which depends on the media type.</summary>
    public static IApplicationBuilder UseRequestConventions(this IApplicationBuilder app) => app.Use(ReadAsync);

    /// <summary>
    /// Decides what a cache may store and how a body may be encoded. Use it after authorization and before the endpoints.
    /// </summary>
    public static IApplicationBuilder UseEndpointConventions(this IApplicationBuilder app) => app.Use(Prepare);

    /// <summary>Whether the path belongs to the API.</summary>
    public static bool IsOfApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static async Task ReadAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IHttpRequestFeature>()?.RawTarget.Length > MaxTarget)
        {
            http.Response.StatusCode = StatusCodes.Status414UriTooLong;
            return;
        }

        if (IsOfApi(http))
        {
            if (http.Request.QueryString.HasValue)
                LeaveOutEmptyParameters(http.Request);
            if (http.Request.Headers.ContentType.Count > 0 || CanHaveBody(http))
                await ReadMediaTypeAsync(http);
        }

        await next(http);
    }

    // Many clients send an omitted value as an empty one.
    private static void LeaveOutEmptyParameters(HttpRequest request)
    {
        var query = request.Query;
        if (query.Any(parameter => parameter.Value.Any(string.IsNullOrEmpty)))
        {
            request.Query = new QueryCollection(
                query
                    .Select(parameter => (parameter.Key, Values: parameter.Value.Where(value => !string.IsNullOrEmpty(value)).ToArray()))
                    .Where(parameter => parameter.Values.Length > 0)
                    .ToDictionary(
                        parameter => parameter.Key,
                        parameter => new StringValues(parameter.Values),
                        StringComparer.OrdinalIgnoreCase
                    )
            );
        }
    }

    private static async Task ReadMediaTypeAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.Headers.ContentType is ["application/json"])
            return;

        var isRead = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && IsJson(type) && IsUtf8(type);
        if (request.ContentLength == 0 || (!isRead && await HasNoBodyAsync(http)))
        {
            // Without a body, the media type doesn't matter.
            request.Headers.ContentType = default;
        }
        else if (isRead)
        {
            // The framework treats quotes as part of a charset's name.
            request.Headers.ContentType = type!.MediaType.ToString();
        }
        else if (type is not null && IsJson(type))
        {
            // JSON is UTF-8 (RFC 8259, 8.1). No endpoint accepts the type that is set here, so routing answers 415. Under the original
            // type, the framework would transcode some charsets and misread others.
            request.Headers.ContentType = "application/octet-stream";
        }
    }

    private static bool CanHaveBody(HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    // A charset is the same with and without quotes (RFC 9110, 5.6.6).
    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        type
            .Parameters.Where(parameter => parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase))
            .All(parameter =>
                Utf8.Contains(HeaderUtilities.UnescapeAsQuotedString(parameter.Value).ToString(), StringComparer.OrdinalIgnoreCase)
            );

    // Only a read shows whether a chunked body is empty. No endpoint reads a body that isn't JSON, so nothing is lost.
    private static async Task<bool> HasNoBodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength is not null || !CanHaveBody(http))
            return false;

        var read = await http.Request.BodyReader.ReadAsync(http.RequestAborted);
        var isEmpty = read is { IsCompleted: true, Buffer.IsEmpty: true };
        http.Request.BodyReader.AdvanceTo(read.Buffer.Start);
        if (isEmpty)
            http.Features.Set<IHttpRequestBodyDetectionFeature>(NoBody.Instance);
        return isEmpty;
    }

    private static Task Prepare(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not { Metadata: var metadata } endpoint)
            return next(http);

        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (IsOfApi(http) && (!isRead || metadata.GetMetadata<IAuthorizeData>() is not null))
            http.Response.Headers.CacheControl = "no-store";

        if (UnreadableNumber(http.Request.Query, endpoint) is { } name)
            return Problems
                .From([Errors.Malformed(name, "Not a whole number: use the digits 0 to 9 only, without leading zeros.")])
                .ExecuteAsync(http);

        if (metadata.GetMetadata<IAcceptsMetadata>() is not null && IsEncoded(http.Request) && CanHaveBody(http))
        {
            // RFC 9110, 15.5.16: the header lets a client distinguish this from an unsupported media type.
            http.Response.Headers.AcceptEncoding = "identity";
            return Problems
                .From([Errors.UnsupportedMediaType("Encoded bodies are not accepted: send the body without Content-Encoding.")])
                .ExecuteAsync(http);
        }

        return next(http);
    }

    private static bool IsEncoded(HttpRequest request) =>
        request
            .Headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding)
            .Any(coding => !coding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase));

    // The framework also accepts signs, white space and trailing NULs.
    private static string? UnreadableNumber(IQueryCollection query, Endpoint endpoint)
    {
        if (query.Count == 0)
            return null;

        foreach (var name in Numbers.GetValue(endpoint, NumbersOf))
        {
            if (!query.TryGetValue(name, out var values))
                continue;
            foreach (var value in values)
            {
                if (!WholeNumber.IsOne(value))
                    return name;
            }
        }

        return null;
    }

    private static string[] NumbersOf(Endpoint endpoint) =>
        [
            .. endpoint
                .Metadata.OfType<IParameterBindingMetadata>()
                .Where(parameter => WholeNumber.IsType(parameter.ParameterInfo.ParameterType))
                .Select(parameter => parameter.ParameterInfo.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name),
        ];

    private sealed class NoBody : IHttpRequestBodyDetectionFeature
    {
        public static readonly NoBody Instance = new();

        public bool CanHaveBody => false;
    }
}
