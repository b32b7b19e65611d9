namespace Kumiko.Identity.Data;

/// <summary>The database of Identity.</summary>
internal sealed class IdentityDatabase(DatabaseSettings settings) : ModuleDatabase(ModuleName, settings)
{
    /// <summary>The module's name, in the <c>Modules</c> setting and wherever a database or a file is named after it.</summary>
    public const string ModuleName = "identity";
}
