namespace Kumiko.Posts.Data;

/// <summary>The database of the message board.</summary>
internal sealed class PostsDatabase(DatabaseSettings settings) : ModuleDatabase(ModuleName, settings)
{
    /// <summary>The module's name, in the <c>Modules</c> setting and wherever a database or a file is named after it.</summary>
    public const string ModuleName = "posts";
}
