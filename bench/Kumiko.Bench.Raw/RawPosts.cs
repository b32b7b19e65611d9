using System.Buffers.Text;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kumiko.Bench.Raw;

/// <summary>Reads of posts in plain ADO.NET: the same queries, JSON and cache headers as in the Host, and nothing else.</summary>
public static class RawPosts
{
    private const string SelectOne = """
        select p.id, p.content, p.user_id, a.name, p.created_at, p.updated_at, p.version
        from posts p
        left join authors a on a.id = p.user_id
        where p.id = @id
        """;

    private const string SelectPage = """
        select p.id, p.content, p.user_id, a.name, p.created_at, p.updated_at
        from posts p
        left join authors a on a.id = p.user_id
        where p.id < @before
        order by p.id desc
        limit @limit
        """;

    private const string SelectPageOfUser = """
        select p.id, p.content, p.user_id, a.name, p.created_at, p.updated_at
        from posts p
        left join authors a on a.id = p.user_id
        where p.user_id = @user_id and p.id < @before
        order by p.id desc
        limit @limit
        """;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Adds <c>GET /api/crud/posts/{id}</c> and <c>GET /api/crud/posts</c>.</summary>
    public static void MapRawPosts(this IEndpointRouteBuilder endpoints, DbDataSource database)
    {
        endpoints.MapGet("/api/crud/posts/{id:long}", (HttpContext http, long id) => GetPostAsync(http, database, id));
        endpoints.MapGet(
            "/api/crud/posts",
            (HttpContext http, long? user_id, string? cursor, int? limit) => ListPostsAsync(http, database, user_id, cursor, limit ?? 20)
        );
    }

    private static async Task GetPostAsync(HttpContext http, DbDataSource database, long id)
    {
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var command = Command(connection, SelectOne, ("@id", id));
        await using var row = await command.ExecuteReaderAsync(http.RequestAborted);
        if (!await row.ReadAsync(http.RequestAborted))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ETag = EntityTag(row.GetInt64(6), row.IsDBNull(3) ? "" : row.GetString(3));
        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter, Json))
            WritePost(json, row);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static async Task ListPostsAsync(HttpContext http, DbDataSource database, long? userId, string? cursor, int limit)
    {
        // One row more than requested shows whether there is another page.
        var before = cursor is null ? long.MaxValue : ReadCursor(cursor);
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var command = userId is { } user
            ? Command(connection, SelectPageOfUser, ("@user_id", user), ("@before", before), ("@limit", limit + 1))
            : Command(connection, SelectPage, ("@before", before), ("@limit", limit + 1));
        await using var row = await command.ExecuteReaderAsync(http.RequestAborted);

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter, Json))
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            var last = 0L;
            var count = 0;
            while (await row.ReadAsync(http.RequestAborted))
            {
                if (count++ == limit)
                    break;
                last = row.GetInt64(0);
                WritePost(json, row);
            }

            json.WriteEndArray();
            if (count > limit)
                json.WriteString("next_cursor", WriteCursor(last));
            else
                json.WriteNull("next_cursor");
            json.WriteEndObject();
        }

        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static void WritePost(Utf8JsonWriter json, DbDataReader row)
    {
        json.WriteStartObject();
        json.WriteNumber("id", row.GetInt64(0));
        json.WriteString("content", row.GetString(1));
        json.WriteNumber("user_id", row.GetInt64(2));
        if (row.IsDBNull(3))
            json.WriteNull("username");
        else
            json.WriteString("username", row.GetString(3));
        WriteTime(json, "created_at", row.GetDateTime(4));
        WriteTime(json, "updated_at", row.GetDateTime(5));
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

    private static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
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
