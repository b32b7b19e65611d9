using System.Text.Json.Serialization;
using Kumiko.Posts.Content;
using Kumiko.Posts.Features.CreatePost;
using Kumiko.Posts.Features.UpdatePost;
using Kumiko.Posts.Streaming;

namespace Kumiko.Posts;

/// <summary>What the module reads and writes as JSON, serialised without reflection.</summary>
[JsonSerializable(typeof(CreatePostRequest))]
[JsonSerializable(typeof(UpdatePostRequest))]
[JsonSerializable(typeof(PostResponse))]
[JsonSerializable(typeof(ListResponse<PostResponse>))]
[JsonSerializable(typeof(ChangedPost))]
[JsonSerializable(typeof(DeletedPost))]
[JsonSerializable(typeof(RenamedAuthor))]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class PostsJson : JsonSerializerContext;
