using ErrorOr;
using Kumiko.BuildingBlocks.Web;

namespace Kumiko.Posts;

internal static class PostFailures
{
    public static Error NotFound(long id) => Failures.NotFound($"There is no post {id}.");

    public static Error AuthorGone => Failures.SignedOut("This account no longer exists.");
}
