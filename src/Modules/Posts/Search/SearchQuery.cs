using Kumiko.BuildingBlocks.Text;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Search;

/// <summary>A parsed query: it matches posts that contain each of its terms anywhere, even inside a word.</summary>
internal sealed record SearchQuery
{
    public const int MaxLength = 200;
    public const int MaxWords = 8;

    private readonly string[] _terms;

    private SearchQuery(int length, string[][] words)
    {
        // The longest first: it is the likeliest to be absent.
        _terms = [.. words.SelectMany(runs => runs).Distinct().OrderByDescending(term => term.Length)];
        Length = length;
        WordCount = words.Length;
    }

    /// <summary>The number of characters in the text. A text that is too long is not folded.</summary>
    public int Length { get; }

    /// <summary>
    /// The number of words that a person sees: parts separated by white space, except those of punctuation only. Without one, nothing
    /// matches.
    /// </summary>
    public int WordCount { get; }

    /// <summary>The grams that a post must have to contain all terms.</summary>
    public IEnumerable<long> Grams => _terms.SelectMany(Gram.OfTerm).Distinct();

    /// <summary>Parses the text that a user typed; null if it has no visible characters and counts as missing.</summary>
    public static SearchQuery? Parse(string? text)
    {
        var length = UnicodeText.Length(text ?? "");
        if (length > MaxLength)
            return new SearchQuery(length, []);
        return SearchText.IsBlank(text) ? null : new SearchQuery(length, SearchText.Words(text));
    }

    /// <summary>
    /// Returns the posts that contain all terms. A post of compatibility forms takes long to fold, so the caller can cancel after each.
    /// </summary>
    public IEnumerable<PostRow> FindAmong(IEnumerable<PostRow> posts, CancellationToken cancellationToken)
    {
        foreach (var post in posts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Finds(post.Content))
                yield return post;
        }
    }

    /// <summary>Whether a post contains all terms.</summary>
    public bool Finds(string content)
    {
        var folded = SearchText.OfPost(content);
        return Array.TrueForAll(_terms, term => folded.Contains(term, StringComparison.Ordinal));
    }
}
