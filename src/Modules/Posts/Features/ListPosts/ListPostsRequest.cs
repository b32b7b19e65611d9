using System.Text.Json.Serialization;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.ListPosts;

internal sealed record ListPostsRequest(int Limit, string? Cursor, long? UserId, string? Q) : IQuery<ErrorOr<ListResponse<PostResponse>>>
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;
    public const int MaxSearch = 200;
    public const int MaxWords = 8;

    /// <summary>Where the client is, as limits count it.</summary>
    public string ClientAddress { get; init; } = "";
}

[JsonSerializable(typeof(ListResponse<PostResponse>))]
internal sealed partial class ListPostsResponseJson : JsonSerializerContext;
