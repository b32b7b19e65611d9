namespace Kumiko.Host.Addresses;

/// <summary>
/// Keeps what is for those who run the process, its metrics and its health, apart from what is for everybody. Each is answered on its own
/// addresses only;
/// on the others there is nothing, however the path is spelt.
/// </summary>
internal static class Operators
{
    /// <summary>Marks an endpoint as one for operators.</summary>
    public static TBuilder ForOperators<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AllowAnonymous().WithMetadata(new OperatorsMetadata());

    /// <summary>Whether the request came in by an operators' address.</summary>
    public static bool IsForOperators(this HttpContext http) =>
        // The port of the connection: what the request says of its host, anybody can make up.
        http.RequestServices.GetRequiredService<ListenAddresses>().Operators.Any(address => address.Port == http.Connection.LocalPort);

    /// <summary>Comes after routing, and takes away the endpoint that this address does not have.</summary>
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
