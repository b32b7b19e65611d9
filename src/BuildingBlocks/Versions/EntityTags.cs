using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Kumiko.BuildingBlocks.Versions;

/// <summary>Strong entity tags and the conditional requests that use them (RFC 9110, 8.8.3 and 13.1).</summary>
public static class EntityTags
{
    // The suffixes that servers and proxies add to the tag of a compressed response: Apache, Caddy and nginx's brotli '-gzip', Jetty
    // '--gzip', others ';gzip'.
    private static readonly string[] Codings = ["gzip", "br", "zstd", "deflate"];

    /// <summary>
    /// The tag of a representation that is identified by a version and by texts that change without it, such as an author's name.
    /// </summary>
    public static string Of(long version, string? text = null)
    {
        var tag = version.ToString(CultureInfo.InvariantCulture);
        if (text is null)
            return $"\"{tag}\"";

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return $"\"{tag}-{Base64Url.EncodeToString(hash[..6])}\"";
    }

    /// <summary>
    /// Answers a read: 304 if <c>If-None-Match</c> names the tag, otherwise the resource with its <c>ETag</c>. A cache that stores the
    /// response must revalidate it each time, and no cache stores what only this caller may see.
    /// </summary>
    public static IResult Fresh<T>(HttpContext http, T resource, string tag)
    {
        http.Response.Headers.ETag = tag;
        if (http.Response.Headers.CacheControl.Count == 0)
            http.Response.Headers.CacheControl = "no-cache";
        return Names(http.Request.Headers.IfNoneMatch, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Answers.Ok(resource);
    }

    /// <summary>
    /// Whether a list of tags contains this one, or <c>*</c>. A tag names a version, in whatever form it was sent: the mark of a
    /// compressing proxy, <c>W/</c> or <c>-gzip</c>, is ignored.
    /// </summary>
    internal static bool Names(StringValues header, string tag)
    {
        if (StringValues.IsNullOrEmpty(header))
            return false;

        var list = header.ToString();
        return list.Trim() == "*"
            || (EntityTagHeaderValue.TryParseList([list], out var tags) && tags.Any(sent => IsSame(sent.Tag.Value!, tag)));
    }

    private static bool IsSame(string sent, string tag)
    {
        if (sent == tag)
            return true;

        var bare = sent.AsSpan().TrimEnd('"');
        foreach (var coding in Codings)
        {
            if (bare.EndsWith(coding, StringComparison.OrdinalIgnoreCase) && bare[..^coding.Length] is [.. var version, '-' or ';'])
                return version.SequenceEqual(tag.AsSpan()[..^1])
                    || version is [.. var shorter, '-'] && shorter.SequenceEqual(tag.AsSpan()[..^1]);
        }

        return false;
    }
}
