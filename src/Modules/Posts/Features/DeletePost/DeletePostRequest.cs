using Kumiko.BuildingBlocks.Versions;

namespace Kumiko.Posts.Features.DeletePost;

internal sealed record DeletePostRequest(long Id, CurrentUser User, IfMatch IfMatch) : ICommand<ErrorOr<Deleted>>;
