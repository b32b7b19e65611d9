using System.Reflection;
using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Modules;

/// <summary>
/// The Host's view of a module: its name, its path, and what it adds to the process. Everything else in a module's assembly is internal.
/// The Host maps the Carter endpoints of that assembly.
/// </summary>
public interface IModule
{
    /// <summary>The name in the <c>Modules</c> setting and of the module's OpenAPI document: one word in lower case.</summary>
    string Name { get; }

    /// <summary>
    /// The path prefix of every endpoint of the module, such as <c>/api/crud</c>; it starts with a slash and does not end with one.
    /// </summary>
    string PathPrefix { get; }

    /// <summary>The description of the module's OpenAPI document: one sentence for people.</summary>
    string Description { get; }

    /// <summary>The tags of the module's endpoints in its OpenAPI document, each with one sentence of description.</summary>
    IReadOnlyDictionary<string, string> Tags { get; }

    /// <summary>The assembly with the module's FluentMigrator migrations.</summary>
    Assembly Migrations { get; }

    /// <summary>
    /// The names of the modules whose events this module depends on; each runs in this process or is reached through a broker.
    /// </summary>
    IReadOnlyCollection<string> ConsumesFrom { get; }

    /// <summary>Registers the module's database, validators, mediator, event handlers and background work.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="settings">The settings that the module reads.</param>
    /// <exception cref="InvalidSettingException">A setting is missing or invalid.</exception>
    void AddServices(IServiceCollection services, ModuleSettings settings);

    /// <summary>
    /// Runs once before the process answers requests, on a database that is up to date. It checks that the settings match the stored data.
    /// </summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="cancellationToken">Cancelled when the process stops.</param>
    /// <exception cref="InvalidSettingException">A setting doesn't match the stored data.</exception>
    Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken) => Task.CompletedTask;
}
