namespace Kumiko.Identity.Data;

/// <summary>Identity's database.</summary>
internal sealed class IdentityDatabase(DatabaseSettings settings) : ModuleDatabase(ModuleName, settings)
{
    /// <summary>The module's name, as used in the <c>Modules</c> setting and in the names of databases and files.</summary>
    public const string ModuleName = "identity";
}
