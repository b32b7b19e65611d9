using System.Reflection;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Mediation;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Privacy;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Retention;
using Kumiko.Identity.Contracts;
using Kumiko.Posts.Authors;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Content;
using Kumiko.Posts.Migrations;
using Kumiko.Posts.Privacy;
using Kumiko.Posts.Search;
using Kumiko.Posts.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Posts;

/// <summary>The message board.</summary>
public sealed class PostsModule : IModule
{
    /// <inheritdoc />
    public string Name => PostsDatabase.ModuleName;

    /// <inheritdoc />
    public string PathPrefix => "/api/crud";

    /// <inheritdoc />
    public string Description => "The message board.";

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Tags { get; } =
        new Dictionary<string, string>
        {
            ["Posts"] = "Create, read, search, stream, update and delete posts.",
            ["Health"] = "The health of a module.",
        };

    /// <inheritdoc />
    public Assembly Migrations => typeof(M0001_Authors).Assembly;

    /// <inheritdoc />
    public IReadOnlyCollection<string> ConsumesFrom => ["identity"];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, ModuleSettings settings)
    {
        services.AddSingleton(new PostsDatabase(settings.Database));
        services.AddSingleton<ModuleDatabase>(provider => provider.GetRequiredService<PostsDatabase>());
        services.AddJson(typeof(PostsModule).Assembly);
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
        services.AddPostsPersonalData();
        services.AnswerPersonalDataRequests<PostsDatabase, ExportRequested, ExportAnswered>();
        services.AddOutbox<PostsDatabase>();
        services.AddRateLimits(settings.Configuration, PostLimits.All);
        services.AddSingleton(new SearchLimiter(new RateLimitSettings(settings.Configuration)));
        services.AddSingleton(new StreamSettings(settings.Configuration));
        services.AddSingleton<ChangeLog>();
        services.AddSingleton<ChangeFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeFeed>());
        services.AddSingleton<ChangeSequencer>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeSequencer>());
        services.AddSingleton<PostSearch>();
        services.AddSingleton<SearchIndexer>();
        services.AddHostedService(provider => provider.GetRequiredService<SearchIndexer>());
        services.MonitorTable<PostsDatabase>(
            "search_pending",
            "kumiko.search.pending",
            "Changes of posts that are not in the search index yet (10,000 stands for any more)."
        );
        services.AddRetention(ChangeLog.Retention);
        services.AddRetention<PostsDatabase>("authors", "deleted_at", AuthorsTable.DeletedKept);
        services.AddInboxRetention<PostsDatabase>();
        services.AddIdempotencyRetention<PostsDatabase>();
    }
}
