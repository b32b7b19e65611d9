namespace Kumiko.Host.Addresses;

/// <summary>
/// Separates what is for operators, metrics and health, from what is for everybody. Each is served on its own addresses only; on the others
/// it doesn't exist, however the path is spelt.
/// </summary>
internal static class Operators
{
    /// <summary>Marks an endpoint as one for operators.</summary>
    public static TBuilder ForOperators<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AllowAnonymous().WithMetadata(new OperatorsMetadata());

    /// <summary>Whether the request arrived at an operators' address.</summary>
    public static bool IsForOperators(this HttpContext http) =>
        // The port of the connection, since anybody can make up the host of a request.
        http.RequestServices.GetRequiredService<ListenAddresses>().Operators.Any(address => address.Port == http.Connection.LocalPort);

    /// <summary>Removes the endpoint if this address doesn't serve it. Use it after routing.</summary>
    public static void UseOperators(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                if (
                    http.GetEndpoint() is { } endpoint
                    && endpoint.Metadata.GetMetadata<OperatorsMetadata>() is not null != http.IsForOperators()
                )
                    http.SetEndpoint(null);
                return next(http);
            }
        );

    private sealed record OperatorsMetadata;
}
