namespace Kumiko.Posts.Content;

internal static class PostErrors
{
    public static Error NotFound(long id) => Errors.NotFound($"There is no post {id}.");

    public static Error AuthorGone => Errors.Unauthorized("This account no longer exists.");
}
