using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Configuration;

namespace Kumiko.BuildingBlocks.Modules;

/// <summary>The settings that a module reads when it registers itself.</summary>
/// <param name="Configuration">The whole configuration of the process.</param>
/// <param name="Database">The database settings that all modules share.</param>
public sealed record ModuleSettings(IConfiguration Configuration, DatabaseSettings Database);
