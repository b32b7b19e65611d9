using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Idempotency;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Kumiko.Host.Requests;

/// <summary>
/// Lets pages of other origins call the API (<c>Cors:Origins</c>; none if left out). They sign in with tokens that they hold themselves:
/// the cookie is for this origin's pages and is never sent along.
/// </summary>
internal static class CrossOrigin
{
    private const string Any = "*";

    // Besides the headers that every page may read.
    private static readonly string[] Exposed =
    [
        HeaderNames.ETag,
        HeaderNames.Location,
        HeaderNames.RetryAfter,
        HeaderNames.WWWAuthenticate,
        HeaderNames.Allow,
        "X-Trace-Id",
        IdempotencyStore.ReplayedHeader,
        "RateLimit",
        "RateLimit-Policy",
    ];

    // How long a browser keeps the result of a preflight request; Chromium accepts at most two hours.
    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(1);

    /// <summary>Reads the setting.</summary>
    /// <exception cref="InvalidSettingException">A value is not an origin.</exception>
    public static IServiceCollection AddCrossOrigin(this IServiceCollection services, IConfiguration configuration)
    {
        string[] origins =
        [
            .. (configuration["Cors:Origins"] ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(RequireOrigin),
        ];
        return services.AddCors(options =>
        {
            if (origins.Length > 0)
                options.AddDefaultPolicy(policy =>
                    policy
                        .WithOrigins(origins.Contains(Any) ? [Any] : origins)
                        .AllowAnyMethod()
                        .AllowAnyHeader()
                        .WithExposedHeaders(Exposed)
                        .SetPreflightMaxAge(PreflightAge)
                );
        });
    }

    /// <summary>
    /// Marks the responses of the API that a page of another origin may read. Use it before the exception handler, which clears headers
    /// that were set earlier.
    /// </summary>
    public static IApplicationBuilder UseCrossOrigin(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        var options = services.GetRequiredService<IOptions<CorsOptions>>().Value;
        if (options.GetPolicy(options.DefaultPolicyName) is not { } policy)
            return app;

        var cors = services.GetRequiredService<ICorsService>();
        return app.Use(
            (http, next) =>
            {
                if (RequestConventions.IsOfApi(http) || http.Request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal))
                    http.Response.OnStarting(() => MarkAsync(http, cors, policy));
                return next(http);
            }
        );
    }

    private static Task MarkAsync(HttpContext http, ICorsService cors, CorsPolicy policy)
    {
        if (http.Request.Headers.Origin.Count > 0)
            cors.ApplyResult(cors.EvaluatePolicy(http, policy), http.Response);
        // A cache must not serve one origin a response that was marked for another origin, or for none.
        if (policy.AllowAnyOrigin)
            http.Response.Headers.AccessControlAllowOrigin = Any;
        else if (!http.Response.Headers.Vary.Contains(HeaderNames.Origin))
            http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        return Task.CompletedTask;
    }

    private static string RequireOrigin(string origin) =>
        origin == Any
        || (
            Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)
        )
            ? origin
            : throw new InvalidSettingException(
                $"Cors:Origins holds '{origin}', which is not an origin: set it to the origins of the pages that may call the API, such as "
                    + "'https://app.example.com, https://other.example.com:8443', or to '*' to allow any origin."
            );
}
