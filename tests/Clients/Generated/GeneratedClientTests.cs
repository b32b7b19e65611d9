namespace Kumiko.Clients.Tests.Generated;

/// <summary>
/// What a generator makes of the served document, with nothing but its defaults, plays a person's session: register, sign in, write, list,
/// change with the tag and without, delete, refresh, sign out.
/// </summary>
public class GeneratedClientTests(Service service)
{
    [Fact]
    public Task The_TypeScript_client_of_NSwag_plays_a_session() =>
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
    public Task The_types_of_openapi_typescript_play_a_session() =>
        OpenApiDocument.UseAsync(
            service,
            (document, _) =>
                NodePackages.RunAsync("openapi-fetch.ts", output => NodePackages.GenerateTypesAsync(document, output), Somebody())
        );

    [Fact]
    public Task The_CSharp_client_of_NSwag_plays_a_session() =>
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
    public Task The_CSharp_client_of_Kiota_plays_a_session() =>
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

    // Address of the service, e-mail address, name, password.
    private string[] Somebody()
    {
        var name = Person.UniqueName("client");
        return [service.Address.ToString().TrimEnd('/'), $"{name}@example.test", name, $"pass of {Guid.NewGuid():N}"];
    }
}
