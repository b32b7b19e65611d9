using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Json;
using Kumiko.BuildingBlocks.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>Registers the conventions that all endpoints of the process share.</summary>
public static class WebServices
{
    /// <summary>Registers JSON names and times, problem documents, the security log, cursors and idempotency keys.</summary>
    public static IServiceCollection AddWebConventions(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            var json = options.SerializerOptions;
            json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.NumberHandling = JsonNumberHandling.Strict;
            json.AllowDuplicateProperties = false;
            json.Converters.Add(new InstantConverter());
            json.Encoder = PlainJsonEncoder.Instance;
        });
        // Outside Development too: RequestExceptions answers requests with values that cannot be bound.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<WholeNumber>("long"));
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<RequestExceptions>();
        services.AddHttpContextAccessor();
        services.AddSingleton<SecurityEvents>();
        services.AddSingleton<CursorCodec>();
        services.AddSingleton<IdempotencyStore>();
        return services;
    }

    /// <summary>Lets the source-generated serialiser of a module read and write its requests and responses.</summary>
    public static IServiceCollection AddJson(this IServiceCollection services, IJsonTypeInfoResolver types) =>
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, types));
}
