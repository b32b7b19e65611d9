using System.Reflection;
using FluentValidation;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Observability;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Validation;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Contracts;
using Kumiko.Posts.Authors;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Migrations;
using Kumiko.Posts.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Posts;

/// <summary>The message board.</summary>
public sealed class PostsModule : IModule
{
    internal const string ModuleName = "posts";

    /// <inheritdoc />
    public string Name => ModuleName;

    /// <inheritdoc />
    public string PathPrefix => "/api/crud";

    /// <inheritdoc />
    public string Description => "The message board: create, read, search, stream, update and delete posts.";

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Tags { get; } =
        new Dictionary<string, string>
        {
            ["Posts"] = "Create, read, search, stream, update and delete posts.",
            ["Health"] = "The health of a module.",
        };

    /// <inheritdoc />
    public Assembly Migrations => typeof(M0001_CreateAuthors).Assembly;

    /// <inheritdoc />
    public IReadOnlyCollection<string> ListensTo => ["identity"];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, ModuleSettings settings)
    {
        services.AddSingleton(new PostsDatabase(settings.Database));
        services.AddSingleton<ModuleDatabase>(provider => provider.GetRequiredService<PostsDatabase>());
        services.AddJson(PostsJson.Default);
        services.AddValidatorsFromAssemblyContaining<PostsModule>(ServiceLifetime.Singleton, includeInternalTypes: true);
        services.AddMediator(options =>
        {
            options.Namespace = "Kumiko.Posts.Mediation";
            options.GenerateTypesAsInternal = true;
            options.Assemblies = [typeof(PostsModule)];
            options.PipelineBehaviors = [typeof(ValidationBehavior<,>), typeof(DeadlockBehavior<,>)];
        });
        services.AddEventHandler<PostsDatabase, UserRegistered, UserRegisteredHandler>();
        services.AddEventHandler<PostsDatabase, UserRenamed, UserRenamedHandler>();
        services.AddEventHandler<PostsDatabase, UserDeleted, UserDeletedHandler>();
        services.AddEventHandler<PostsDatabase, UsersListed, UsersListedHandler>();
        services.AddEndedSessions<PostsDatabase, SessionsEnded>();
        services.AddOutbox<PostsDatabase>();
        services.AddRateLimits(settings.Configuration, PostLimits.All);
        services.AddSingleton(new SearchLane(new RateLimitSettings(settings.Configuration)));
        services.AddSingleton(new StreamSettings(settings.Configuration));
        services.AddSingleton<ChangeLog>();
        services.AddSingleton<ChangeFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeFeed>());
        services.AddSingleton<ChangeSequencer>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeSequencer>());
        services.AddSingleton<PostSearch>();
        services.AddSingleton<SearchIndexer>();
        services.AddHostedService(provider => provider.GetRequiredService<SearchIndexer>());
        services.WatchTable<PostsDatabase>(
            "select count(*) from (select 1 from search_pending limit @Most) as counted",
            "kumiko.search.pending",
            "Changes of posts that are not in the search index yet (10,000 stands for any more)."
        );
        services.AddSweep(ChangeLog.Swept);
        services.AddInboxSweep<PostsDatabase>();
        services.AddIdempotencySweep<PostsDatabase>();
    }
}
