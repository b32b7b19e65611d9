using System.Reflection;
using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Modules;

/// <summary>
/// What the Host sees of a module: its name, where it answers, and what it adds to the process. Everything else in a module's
/// assembly is internal. The Carter endpoints of the module's assembly are mapped by the Host.
/// </summary>
public interface IModule
{
    /// <summary>The name in the <c>Modules</c> setting and of the module's OpenAPI document: lower case, one word.</summary>
    string Name { get; }

    /// <summary>
    /// The path under which every endpoint of the module stands, such as <c>/api/crud</c>; it starts with a slash and does not end with
    /// one.
    /// </summary>
    string PathPrefix { get; }

    /// <summary>One sentence for people: the description of the module's OpenAPI document.</summary>
    string Description { get; }

    /// <summary>The tags of the module's endpoints in its OpenAPI document, each with one sentence of description.</summary>
    IReadOnlyDictionary<string, string> Tags { get; }

    /// <summary>The assembly that holds the module's FluentMigrator migrations.</summary>
    Assembly Migrations { get; }

    /// <summary>Names of the modules whose events this one lives on; each runs in this process or is reached through a broker.</summary>
    IReadOnlyCollection<string> ListensTo { get; }

    /// <summary>Registers the module's database, validators, mediator, event handlers and background work.</summary>
    /// <param name="services">The process' services.</param>
    /// <param name="settings">Where the module reads its configuration from.</param>
    /// <exception cref="InvalidSettingException">A setting is missing or cannot work.</exception>
    void AddServices(IServiceCollection services, ModuleSettings settings);

    /// <summary>
    /// Runs after the migrations, in the process that migrates, and again whenever it does: the place to bring what is stored up to this
    /// program where SQL cannot.
    /// </summary>
    /// <param name="services">The process' services.</param>
    /// <param name="cancellationToken">The process stops.</param>
    Task CompleteMigrationAsync(IServiceProvider services, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Runs once before the process answers, on a database that is up to date: the place to find out that a setting does not fit what is
    /// stored.
    /// </summary>
    /// <param name="services">The process' services.</param>
    /// <param name="cancellationToken">The process stops.</param>
    /// <exception cref="InvalidSettingException">It does not fit.</exception>
    Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken) => Task.CompletedTask;
}
