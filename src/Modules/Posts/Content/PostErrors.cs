namespace Kumiko.Posts.Content;

internal static class PostErrors
{
    public static Error NotFound(long id) => Errors.NotFound($"There is no post {id}.");

    /// <summary>Whoever verifies the address is let through with the next access token.</summary>
    public static Error EmailUnverified =>
        Errors.Forbidden(
            "Confirm your e-mail address before you write: follow the link in the mail that was sent to it. Then refresh your tokens.",
            Errors.EmailUnverifiedType
        );

    public static Error AuthorGone => Errors.Unauthorized("This account no longer exists.");
}
