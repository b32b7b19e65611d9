namespace Kumiko.Posts.Data;

/// <summary>The database of the message board.</summary>
internal sealed class PostsDatabase(DatabaseSettings settings) : ModuleDatabase(ModuleName, settings)
{
    /// <summary>The module's name, as used in the <c>Modules</c> setting and in the names of databases and files.</summary>
    public const string ModuleName = "posts";
}
