using System.Net;
using System.Runtime.CompilerServices;
using Kumiko.Demo.Api;

namespace Kumiko.Demo.Stages;

/// <summary>Follows the cursors of a list to its end.</summary>
internal static class PageThrough
{
    /// <summary>All posts of a list, reporting the time of each page.</summary>
    /// <param name="client">The API.</param>
    /// <param name="filter">The query parameters before <c>limit</c>, such as <c>user_id=7</c>.</param>
    /// <param name="pages">Receives the time of each page.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<PostResponse> RunAsync(
        KumikoClient client,
        string filter,
        Action<TimeSpan> pages,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? cursor = null;
        do
        {
            var path = $"/api/crud/posts?{filter}&limit=100" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
            var answer = await client.GetAsync(path, cancellationToken);
            pages(answer.Elapsed);
            var page = answer.Read(HttpStatusCode.OK, Wire.Utf8.PageResponse);
            foreach (var post in page.Items)
                yield return post;

            cursor = page.NextCursor;
        } while (cursor is not null);
    }
}
