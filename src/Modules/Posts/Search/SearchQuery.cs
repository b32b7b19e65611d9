using Kumiko.Posts.Content;

namespace Kumiko.Posts.Search;

/// <summary>A parsed query: it matches posts that contain each of these terms anywhere, even inside a word.</summary>
internal sealed record SearchQuery
{
    private readonly string[] _terms;

    private SearchQuery(string[] terms) => _terms = terms;

    /// <summary>The grams that a post must have to contain all terms.</summary>
    public IEnumerable<long> Grams => _terms.SelectMany(Gram.OfTerm).Distinct();

    /// <summary>Parses the text that a user typed; null if it contains nothing to search for.</summary>
    public static SearchQuery? Parse(string text)
    {
        // The longest first: it is the likeliest to be absent.
        var terms = SearchText.Runs(SearchText.Fold(text)).Distinct().OrderByDescending(term => term.Length).ToArray();
        return terms.Length == 0 ? null : new SearchQuery(terms);
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
