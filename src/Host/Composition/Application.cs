using Carter;
using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Host.Addresses;
using Kumiko.Host.Catalog;
using Kumiko.Host.Health;
using Kumiko.Host.Monitoring;
using Kumiko.Host.OpenApi;
using Kumiko.Host.Pages;
using Kumiko.Host.Requests;
using Kumiko.Infrastructure.Nats;
using Kumiko.Infrastructure.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kumiko.Host.Composition;

/// <summary>Combines the chosen modules into one web application. Building it opens no database and writes no file.</summary>
internal static class Application
{
    private const long MaxBody = 64 * 1024;

    // The server reads this much of a refused body, so that the response arrives; a longer body ends the connection.
    private const long MaxBodyRead = 1024 * 1024;

    // Under ten seconds in all, with time left to close what is open. A delay before it is added.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Reads the configuration, in the same way for every command.</summary>
    /// <param name="settings">The settings of the command line, which override all others.</param>
    /// <exception cref="InvalidSettingException">The configuration cannot be read.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] settings)
    {
        // The settings file is beside the program; the data folder is relative to the folder in which the program was started.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Configuration.AddSecretFiles();
        return builder;
    }

    /// <summary>Reads the configuration and registers everything.</summary>
    /// <param name="settings">The settings of the command line.</param>
    /// <exception cref="InvalidSettingException">The configuration is invalid.</exception>
    public static WebApplication Build(string[] settings)
    {
        var builder = CreateBuilder(settings);
        var modules = ModuleCatalog.Enabled(builder.Configuration);
        AddServices(builder, modules);
        var app = builder.Build();
        UsePipeline(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder, IReadOnlyList<IModule> modules)
    {
        var configuration = builder.Configuration;
        var database = new DatabaseSettings(configuration);
        var addresses = new ListenAddresses(configuration);

        var connections = new ConnectionLimits(configuration);
        builder.WebHost.ConfigureKestrel(options => ConfigureKestrel(options, connections));
        builder.Logging.AddKumikoConsole(builder.Environment);

        var services = builder.Services;
        var delay = Draining.ReadDelay(configuration);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = delay + StopTimeout);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Draining>(provider, delay));
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(database);
        services.AddSingleton(
            new TokenSettings(configuration, isApart: modules.Count < ModuleCatalog.All.Count, address: addresses.ForClients())
        );
        services.AddSingleton(_ => SecretKey.FromSettings(configuration, database));
        services.AddSingleton(modules);
        services.AddSingleton(new InstalledModules([.. ModuleCatalog.All.Select(module => module.Name)]));
        services.AddSingleton(addresses);
        services.AddHostNames();
        services.AddObservability();
        services.AddWebConventions();
        services.AddRequestConventions();
        services.AddBearerTokens();
        services.AddCrossOrigin(configuration);
        services.AddTrustedProxies(configuration);
        services.AddModuleHealth(modules);
        AddTransport(services, configuration, modules);
        services.AddModuleDocuments(modules);
        services.AddFrontends();
        foreach (var module in modules)
            module.AddServices(services, new ModuleSettings(configuration, database));
        if (services.All(service => service.ServiceType != typeof(ITokenKeys)))
            services.AddRemoteTokenKeys();
        // Without a catalog, Carter loads every assembly that the program depends on.
        services.AddCarter(
            new DependencyContextAssemblyCatalog(typeof(Application).Assembly),
            carter => carter.WithModules(Endpoints(modules)).WithEmptyValidators()
        );
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseForwardedHeaders();
        app.Use(SetTraceHeader);
        app.Use(LimitBody);
        app.Use(CloseWhileDraining);
        app.UseCrossOrigin();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseHostNames();
        app.UseRequestConventions();
        app.UseOptions();
        app.UseNotFoundPage();
        app.UseDocumentPage(ModuleCatalog.All);
        var hasFrontends = app.UseFrontends();
        app.UseRouting();
        app.UseOperators();
        app.UseHeldRefusals();
        app.UseRequestTurns();
        app.UseRecentRefusals();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseEndpointConventions();
        app.UseRateLimits();
        app.MapGroup("").AnswerHead().MapCarter();
        app.MapMetrics().ForOperators();
        app.MapModuleHealth();
        app.MapModuleDocuments();
        app.MapDocumentPage();
        app.MapMailPages();
        app.MapWellKnownFiles(hasFrontends);
        if (hasFrontends)
            app.MapFrontends();
        else
            app.MapHomePage();
    }

    // Events pass directly between modules if all modules that exchange them run here, and through the broker otherwise.
    private static void AddTransport(IServiceCollection services, ConfigurationManager configuration, IReadOnlyList<IModule> modules)
    {
        if (ModuleCatalog.FindCut(modules) is not var (here, elsewhere))
            return;
        if (string.IsNullOrEmpty(configuration["Nats:Url"]))
        {
            throw new InvalidSettingException(
                $"Modules leaves out '{elsewhere.Name}', with which '{here.Name}' exchanges events: set Nats:Url to the broker between "
                    + "them, such as 'nats://nats:4222', or leave Modules out to run them together."
            );
        }

        services.AddBroker(configuration);
    }

    // Carter finds public modules only; ours are internal.
    private static Type[] Endpoints(IReadOnlyList<IModule> modules) =>
        modules
            .SelectMany(module => module.GetType().Assembly.GetTypes())
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(ICarterModule)))
            .ToArray();

    private static void ConfigureKestrel(KestrelServerOptions options, ConnectionLimits connections)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = MaxBodyRead;
        // The server refuses a longer line without a body. Lines that are only somewhat too long are left to RequestConventions to refuse.
        options.Limits.MaxRequestLineSize = 4 * RequestConventions.MaxTarget;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // A rate that a bad mobile connection still reaches: the largest body takes at most a minute.
        options.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1_000, gracePeriod: TimeSpan.FromSeconds(5));
        connections.Apply(options);
    }

    private static Task SetTraceHeader(HttpContext http, RequestDelegate next)
    {
        ProblemWriter.SetTraceHeader(http);
        return next(http);
    }

    private static Task CloseWhileDraining(HttpContext http, RequestDelegate next)
    {
        if (http.RequestServices.GetRequiredService<Draining>().IsUnderWay)
            http.Response.Headers.Connection = "close";
        return next(http);
    }

    private static Task LimitBody(HttpContext http, RequestDelegate next)
    {
        var length = http.Request.ContentLength;
        // If the response doesn't wait for such a body, the connection ends, and the client must know not to send its next request there.
        if (length > MaxBodyRead)
            http.Response.Headers.Connection = "close";
        if ((length is null or > MaxBody) && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            http.Request.Body = new LimitedBody(http.Request.Body, MaxBody, length);
        return next(http);
    }
}
