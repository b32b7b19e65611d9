using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kumiko.Bench.Raw;

/// <summary>
/// Reads and creates posts in plain ADO.NET: one prepared statement each, authors' names from memory, the same JSON and headers as in the
/// Host, and nothing else. A token's signature is not checked, because the Host checks each only once.
/// </summary>
public static class RawPosts
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly ConcurrentDictionary<string, (long Id, string Name)> Users = [];

    /// <summary>Adds <c>GET /api/crud/posts/{id}</c>, <c>GET /api/crud/posts</c> and <c>POST /api/crud/posts</c>.</summary>
    public static void MapRawPosts(this IEndpointRouteBuilder endpoints, RawDatabase database)
    {
        endpoints.MapGet("/api/crud/posts/{id:long}", (HttpContext http, long id) => GetPostAsync(http, database, id));
        endpoints.MapGet(
            "/api/crud/posts",
            (HttpContext http, long? user_id, string? cursor, int? limit) => ListPostsAsync(http, database, user_id, cursor, limit ?? 20)
        );
        endpoints.MapPost("/api/crud/posts", (HttpContext http) => CreatePostAsync(http, database));
    }

    private static async Task GetPostAsync(HttpContext http, RawDatabase database, long id)
    {
        var post = await database.RunAsync(session => session.ReadAsync(id, http.RequestAborted), http.RequestAborted);
        if (post is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var name = await database.ReadNameAsync(post.UserId, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ETag = EntityTag(post.Version, name ?? "");
        await WriteAsync(http, json => WritePost(json, post, name));
    }

    private static async Task ListPostsAsync(HttpContext http, RawDatabase database, long? userId, string? cursor, int limit)
    {
        // One row more than requested shows whether there is another page.
        var before = cursor is null ? long.MaxValue : ReadCursor(cursor);
        var posts = await database.RunAsync(
            session => session.ReadPageAsync(userId, before, limit + 1, http.RequestAborted),
            http.RequestAborted
        );
        var names = new string?[posts.Count];
        for (var at = 0; at < names.Length; at++)
            names[at] = await database.ReadNameAsync(posts[at].UserId, http.RequestAborted);

        http.Response.Headers.CacheControl = "no-store";
        await WriteAsync(
            http,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("items");
                for (var at = 0; at < Math.Min(limit, posts.Count); at++)
                    WritePost(json, posts[at], names[at]);
                json.WriteEndArray();
                if (posts.Count > limit)
                    json.WriteString("next_cursor", WriteCursor(posts[limit - 1].Id));
                else
                    json.WriteNull("next_cursor");
                json.WriteEndObject();
            }
        );
    }

    private static async Task CreatePostAsync(HttpContext http, RawDatabase database)
    {
        var user = Users.GetOrAdd(http.Request.Headers.Authorization.ToString(), ReadToken);
        using var request = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var content = request.RootElement.GetProperty("content").GetString()!.Trim();
        var now = DateTime.UtcNow;
        var id = await database.WriteAsync(session => session.InsertAsync(user.Id, content, now, http.RequestAborted), http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = $"/api/crud/posts/{id}";
        http.Response.Headers.ETag = EntityTag(1, user.Name);
        await WriteAsync(http, json => WritePost(json, new RawPost(id, content, user.Id, now, now, 1), user.Name));
    }

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter, Json))
        {
            write(json);
            json.Flush();
            http.Response.ContentLength = json.BytesCommitted;
        }

        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static (long Id, string Name) ReadToken(string authorization)
    {
        using var token = JsonDocument.Parse(Base64Url.DecodeFromChars(authorization.Split('.')[1]));
        return (
            long.Parse(token.RootElement.GetProperty("sub").GetString()!, CultureInfo.InvariantCulture),
            token.RootElement.GetProperty("preferred_username").GetString()!
        );
    }

    private static void WritePost(Utf8JsonWriter json, RawPost post, string? name)
    {
        json.WriteStartObject();
        json.WriteNumber("id", post.Id);
        json.WriteString("content", post.Content);
        json.WriteNumber("user_id", post.UserId);
        json.WriteString("username", name);
        WriteTime(json, "created_at", post.CreatedAt);
        WriteTime(json, "updated_at", post.UpdatedAt);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTime utc)
    {
        Span<char> text = stackalloc char[24];
        utc.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    // An answer changes with a new version of the post or a new name of its author.
    private static string EntityTag(long version, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        return $"\"{version}-{Base64Url.EncodeToString(hash[..6])}\"";
    }

    // As long as the Host's cursor, which is signed.
    private static string WriteCursor(long id)
    {
        Span<byte> cursor = stackalloc byte[24];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(cursor, id);
        return Base64Url.EncodeToString(cursor);
    }

    private static long ReadCursor(string cursor) =>
        System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(Base64Url.DecodeFromChars(cursor));
}
