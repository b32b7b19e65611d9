using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Host.Requests;
using Microsoft.AspNetCore.OpenApi;

namespace Kumiko.Host.OpenApi;

/// <summary>Serves <c>/openapi/*.json</c>.</summary>
internal static class DocumentServices
{
    public static void AddModuleDocuments(this IServiceCollection services, IReadOnlyList<IModule> modules)
    {
        services.AddSingleton<ModuleDocuments>();
        services.AddSingleton<XmlDocumentation>();
        foreach (var name in ModuleDocuments.NamesOf(modules))
        {
            var included = modules.Where(module => name == ModuleDocuments.CombinedDocument || module.Name == name).ToList();
            services.AddOpenApi(
                name,
                options =>
                {
                    // Leave HEAD out: every GET supports it.
                    options.ShouldInclude = endpoint =>
                        endpoint.HttpMethod != HttpMethods.Head
                        && included.Any(module =>
                            ("/" + endpoint.RelativePath).StartsWith(module.PathPrefix + "/", StringComparison.Ordinal)
                        );
                    options.CreateSchemaReferenceId = type => SchemaName(type.Type) ?? OpenApiOptions.CreateDefaultSchemaReferenceId(type);
                    options.AddDocumentTransformer(new DocumentTransformer(included));
                    options.AddOperationTransformer<OperationTransformer>();
                    options.AddSchemaTransformer<SchemaTransformer>();
                }
            );
        }
    }

    public static void MapModuleDocuments(this WebApplication app)
    {
        var documents = app.Services.GetRequiredService<ModuleDocuments>();
        app.MapGet(
                "/openapi/{name}.json",
                async (string name, CancellationToken cancellationToken) =>
                    documents.Names.Contains(name)
                        ? Results.Bytes(await documents.ReadAsync(name, cancellationToken), "application/json; charset=utf-8")
                        : Results.NotFound()
            )
            .AllowAnonymous()
            .AnswerHead();
    }

    // 'PostListResponse' reads better in a client than 'ListResponseOfPostResponse'.
    private static string? SchemaName(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ListResponse<>)
            ? type.GenericTypeArguments[0].Name.Replace("Response", "ListResponse", StringComparison.Ordinal)
            : null;
}
