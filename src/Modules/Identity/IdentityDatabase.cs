using Kumiko.BuildingBlocks.Data;

namespace Kumiko.Identity;

/// <summary>The database of Identity.</summary>
internal sealed class IdentityDatabase(DatabaseSettings settings) : ModuleDatabase(IdentityModule.ModuleName, settings);
