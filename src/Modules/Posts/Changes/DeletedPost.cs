namespace Kumiko.Posts.Changes;

/// <summary>A post that is gone.</summary>
/// <param name="Id">Its number.</param>
internal sealed record DeletedPost(long Id);
