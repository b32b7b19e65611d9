using System.Text.Json.Serialization;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.ListPosts;

[JsonSerializable(typeof(ListResponse<PostResponse>))]
internal sealed partial class ListPostsResponseJson : JsonSerializerContext;
