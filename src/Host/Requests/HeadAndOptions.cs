namespace Kumiko.Host.Requests;

/// <summary><c>HEAD</c> and <c>OPTIONS</c>, which every address answers (RFC 9110, 9.3.2 and 9.3.7).</summary>
internal static class HeadAndOptions
{
    /// <summary>Lets endpoints that answer <c>GET</c> answer <c>HEAD</c> too; the server leaves the body out.</summary>
    public static TBuilder AnswerHead<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint =>
        {
            for (var at = 0; at < endpoint.Metadata.Count; at++)
            {
                if (endpoint.Metadata[at] is HttpMethodMetadata { HttpMethods: ["GET"] })
                    endpoint.Metadata[at] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
            }
        });
        return endpoints;
    }

    /// <summary>Answers <c>OPTIONS</c> with 204 and the methods of the address. Use it before routing.</summary>
    public static IApplicationBuilder UseOptions(this IApplicationBuilder app) => app.Use(AnswerAsync);

    private static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        var isAsked = HttpMethods.IsOptions(http.Request.Method);
        // Proxies check with these whether the server is up: the front page, or '*' for the server as a whole.
        if (isAsked && http.Request.Path.Value is null or "" or "/" or "*")
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            http.Response.Headers.Allow = "GET, HEAD, OPTIONS";
            return;
        }

        await next(http);
        if (http.Response is not { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
            return;

        // Routing knows the methods, and lists them when it refuses another one.
        http.Response.Headers.Allow = $"{http.Response.Headers.Allow}, OPTIONS";
        if (isAsked)
            http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
