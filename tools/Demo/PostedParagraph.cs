using Kumiko.Demo.Api;

namespace Kumiko.Demo;

/// <summary>A paragraph that the API accepted.</summary>
internal sealed record PostedParagraph(long Id, Account Author, string Content)
{
    /// <summary>
    /// What is wrong with the returned post, or null. Strings of valid Unicode are equal if and only if their UTF-8 bytes are.
    /// </summary>
    public string? Differs(PostResponse post)
    {
        if (post.Id != Id)
            return $"post {Id} came back with id {post.Id}";
        if (!string.Equals(post.Content, Content, StringComparison.Ordinal))
            return $"post {Id} came back with other content";
        if (post.UserId != Author.Id)
            return $"post {Id} came back as user {post.UserId}'s instead of {Author.Id}'s";
        return null;
    }
}
