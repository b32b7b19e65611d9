namespace Kumiko.Clients.Tests.Generated;

/// <summary>
/// A client that a generator makes from the served document with its default settings goes through a whole session: register, sign in,
/// write, list, change with the tag and without, delete, refresh, sign out.
/// </summary>
public class GeneratedClientTests(Service service)
{
    [Fact]
    public Task The_TypeScript_client_of_NSwag_works() =>
        OpenApiDocument.UseAsync(
            service,
            (document, _) =>
                NodePackages.RunAsync(
                    "nswag.ts",
                    output =>
                        LocalTools.RunAsync("nswag", "openapi2tsclient", "/template:Fetch", $"/input:{document}", $"/output:{output}"),
                    Somebody()
                )
        );

    [Fact]
    public Task The_types_of_openapi_typescript_work() =>
        OpenApiDocument.UseAsync(
            service,
            (document, _) =>
                NodePackages.RunAsync("openapi-fetch.ts", output => NodePackages.GenerateTypesAsync(document, output), Somebody())
        );

    [Fact]
    public Task The_CSharp_client_of_NSwag_works() =>
        OpenApiDocument.UseAsync(
            service,
            async (document, folder) =>
            {
                await LocalTools.RunAsync(
                    "nswag",
                    "openapi2csclient",
                    "/namespace:Generated",
                    "/JsonLibrary:SystemTextJson",
                    $"/input:{document}",
                    $"/output:{Path.Combine(folder, "Client.cs")}"
                );
                await CompiledSession.RunAsync("NSwagSession.cs", folder, Somebody());
            }
        );

    [Fact]
    public Task The_CSharp_client_of_Kiota_works() =>
        OpenApiDocument.UseAsync(
            service,
            async (document, folder) =>
            {
                await LocalTools.RunAsync(
                    "kiota",
                    "generate",
                    "--language",
                    "CSharp",
                    "--namespace-name",
                    "Generated",
                    "--openapi",
                    document,
                    "--output",
                    Path.Combine(folder, "client")
                );
                await CompiledSession.RunAsync("KiotaSession.cs", folder, Somebody());
            }
        );

    // The address of the service, an e-mail address, a name and a password.
    private string[] Somebody()
    {
        var name = Person.UniqueName("client");
        return [service.Address.ToString().TrimEnd('/'), $"{name}@example.test", name, $"pass of {Guid.NewGuid():N}"];
    }
}
