using Kumiko.BuildingBlocks.Data;

namespace Kumiko.Posts;

/// <summary>The database of the message board.</summary>
internal sealed class PostsDatabase(DatabaseSettings settings) : ModuleDatabase(PostsModule.ModuleName, settings);
