using Kumiko.Posts.Content;

namespace Kumiko.Posts.Search;

/// <summary>What somebody looks for: posts that hold each of these terms, wherever it stands, inside of a word too.</summary>
internal sealed record SearchQuery
{
    private readonly string[] _terms;

    private SearchQuery(string[] terms) => _terms = terms;

    /// <summary>The grams that a post must have to hold them all.</summary>
    public IEnumerable<long> Grams => _terms.SelectMany(Gram.OfTerm).Distinct();

    /// <summary>Reads the text that somebody typed; null if nothing in it can be found.</summary>
    public static SearchQuery? Parse(string text)
    {
        // The longest first: it is the likeliest to be absent.
        var terms = SearchText.Runs(SearchText.Fold(text)).Distinct().OrderByDescending(term => term.Length).ToArray();
        return terms.Length == 0 ? null : new SearchQuery(terms);
    }

    /// <summary>
    /// Those of some posts that hold them all. A post of compatibility forms takes long to fold, so that it may be told to stop after each.
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

    /// <summary>Whether a post holds them all.</summary>
    public bool Finds(string content)
    {
        var folded = SearchText.OfPost(content);
        return Array.TrueForAll(_terms, term => folded.Contains(term, StringComparison.Ordinal));
    }
}
