using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kumiko.Clients.Tests.Tokens;

/// <summary>Kumiko's access tokens, verified by third-party libraries that APIs use.</summary>
public class TokenTests(Service service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Issuer => new Uri(service.Address, "/api/auth").ToString();

    [Theory]
    [InlineData("jose.mjs")]
    [InlineData("oauth4webapi.mjs")]
    public async Task A_token_is_accepted_for_its_audience_only(string script)
    {
        var person = await Person.JoinAsync(service.Anyone, "holder");
        await NodePackages.RunAsync(script, Issuer, person.AccessToken!, person.Username);
    }

    [Fact]
    public Task Openid_client_discovers_the_issuer() => NodePackages.RunAsync("openid-client.mjs", Issuer);

    [Theory]
    [InlineData("kumiko", HttpStatusCode.OK)]
    [InlineData("another", HttpStatusCode.Unauthorized)]
    public async Task JwtBearer_needs_the_authority_and_the_audience(string audience, HttpStatusCode expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization();
        builder
            .Services.AddAuthentication()
            .AddJwtBearer(options =>
            {
                options.Authority = Issuer;
                options.Audience = audience;
                options.RequireHttpsMetadata = false;
            });
        await using var api = builder.Build();
        api.UseAuthentication().UseAuthorization();
        api.MapGet("/", () => "let in").RequireAuthorization();
        await api.StartAsync(Cancellation);
        var person = await Person.JoinAsync(service.Anyone, "holder");
        using var http = new HttpClient { BaseAddress = new Uri(api.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", person.AccessToken);

        using var answer = await http.GetAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Equal(expected, answer.StatusCode);
    }
}
