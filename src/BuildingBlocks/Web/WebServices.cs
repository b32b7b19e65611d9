using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Json;
using Kumiko.BuildingBlocks.Paging;
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
            json.TypeInfoResolverChain.Insert(0, HealthResponseJson.Default);
        });
        // Outside Development too: RequestExceptions answers requests with values that cannot be bound.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<RequestExceptions>();
        services.AddHttpContextAccessor();
        services.AddSingleton<SecurityEvents>();
        services.AddSingleton<CursorCodec>();
        services.AddSingleton<IdempotencyStore>();
        return services;
    }

    /// <summary>
    /// Lets the source-generated serializers of a module read and write its requests and responses. Each stands beside the record that it
    /// is for.
    /// </summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="module">The module's assembly.</param>
    public static IServiceCollection AddJson(this IServiceCollection services, Assembly module)
    {
        var serializers = module
            .GetTypes()
            .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)))
            .Select(type => (IJsonTypeInfoResolver)Activator.CreateInstance(type)!)
            .ToList();
        return services.ConfigureHttpJsonOptions(options =>
        {
            foreach (var serializer in serializers)
                options.SerializerOptions.TypeInfoResolverChain.Insert(0, serializer);
        });
    }
}
