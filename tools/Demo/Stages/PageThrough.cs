using System.Net;
using System.Runtime.CompilerServices;
using Kumiko.Demo.Api;

namespace Kumiko.Demo.Stages;

/// <summary>Follows the cursors of a list to its end.</summary>
internal static class PageThrough
{
    /// <summary>All posts of a list, and the time that each page took.</summary>
    /// <param name="client">The API.</param>
    /// <param name="filter">What stands between <c>?</c> and <c>limit</c>, such as <c>user_id=7</c>.</param>
    /// <param name="pages">Told how long each page took.</param>
    /// <param name="cancellationToken">Stops it.</param>
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
