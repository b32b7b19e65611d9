using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.GetSettings;

internal sealed class GetSettingsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/settings", Answer)
            .AllowAnonymous()
            .WithName("GetSettings")
            .WithTags("Account")
            .WithSummary("Get the settings that pages need before sign-in")
            .Produces<SettingsResponse>();

    private static IResult Answer(HttpContext http, AccountSettings settings)
    {
        http.Response.Headers.CacheControl = "public, max-age=60";
        return Answers.Ok(new SettingsResponse(settings.Registration));
    }
}
