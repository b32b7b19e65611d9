using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kumiko.Host.OpenApi;

/// <summary>Adds descriptions from doc comments and the examples, and declares that required values are never null.</summary>
internal sealed class SchemaTransformer(XmlDocumentation documentation) : IOpenApiSchemaTransformer
{
    public const string ExampleTime = "2026-11-24T12:36:01.123Z";

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var attributes =
            context.JsonPropertyInfo?.AttributeProvider
            ?? (context.ParameterDescription?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo;
        schema.Description ??=
            context.JsonPropertyInfo is null ? documentation.Of(context.JsonTypeInfo.Type)
            : context.JsonPropertyInfo.AttributeProvider is PropertyInfo property ? documentation.Of(property)
            : null;

        // The generator doesn't see through the converter that writes times.
        var isTime = (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type) == typeof(DateTimeOffset);
        if (isTime)
        {
            // A parameter that is omitted is not null.
            var isNullable = context.JsonTypeInfo.Type != typeof(DateTimeOffset) && context.JsonPropertyInfo is not null;
            schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        }

        var example = attributes?.GetCustomAttributes(typeof(ExampleAttribute), inherit: false).OfType<ExampleAttribute>().FirstOrDefault();
        if (example is not null)
            schema.Examples = [JsonNode.Parse(example.Json)!];
        else if (isTime && context.JsonPropertyInfo is not null)
            schema.Examples = [ExampleTime];

        // "email" allows only ASCII, and generated validators refuse anything else.
        if (attributes?.IsDefined(typeof(EmailAddressAttribute), inherit: false) == true)
            schema.Format = "idn-email";
        if (
            attributes
                ?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false)
                .OfType<AllowedValuesAttribute>()
                .FirstOrDefault() is
            { } allowed
        )
            Restrict(schema, allowed);
        // The generator describes the list by it, but each item has the form.
        if (schema is { Items: OpenApiSchema item, Pattern: { } pattern })
            (schema.Pattern, item.Pattern) = (null, pattern);

        if (attributes?.IsDefined(typeof(RequiredAttribute), inherit: false) == true)
            schema.Type &= ~JsonSchemaType.Null;
        return Task.CompletedTask;
    }

    // In a list, each item has one of the values. A null among the values stands for an omitted one, which needs no value of its own.
    private static void Restrict(OpenApiSchema schema, AllowedValuesAttribute allowed)
    {
        var restricted = schema.Items as OpenApiSchema ?? schema;
        restricted.Enum = [.. allowed.Values.OfType<string>().Select(value => (JsonNode)value)];
        restricted.Type &= ~JsonSchemaType.Null;
    }
}
