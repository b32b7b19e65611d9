using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>Strong entity tags and the conditional requests that use them (RFC 9110, 8.8.3 and 13.1).</summary>
public static class EntityTags
{
    /// <summary>The tag of a representation that is told apart by a version and by texts that change without it, such as an author's name.</summary>
    public static string Of(long version, string? text = null)
    {
        var tag = version.ToString(CultureInfo.InvariantCulture);
        if (text is null)
            return $"\"{tag}\"";

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return $"\"{tag}-{Base64Url.EncodeToString(hash[..6])}\"";
    }

    /// <summary>Answers a read: 304 when <c>If-None-Match</c> names the tag, else the resource with its <c>ETag</c>.</summary>
    public static IResult Fresh<T>(HttpContext http, T resource, string tag)
    {
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        if (http.Request.Headers.IfNoneMatch.Count == 0)
            return Results.Ok(resource);

        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        return known.Any(value => value.Equals(EntityTagHeaderValue.Any) || value.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Ok(resource);
    }
}
