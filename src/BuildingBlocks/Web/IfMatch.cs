using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>The <c>If-Match</c> of a request: which versions the caller is ready to change (RFC 9110, 13.1.1).</summary>
public sealed class IfMatch
{
    private readonly string? _header;

    private IfMatch(string? header) => _header = header;

    /// <summary>Reads the header; a request without it may change any version.</summary>
    public static IfMatch Of(HttpRequest request)
    {
        var values = request.Headers.IfMatch;
        return new IfMatch(values.Count == 0 ? null : string.Join(',', values.AsEnumerable()));
    }

    /// <summary>Whether the version with this strong tag may be changed. A header that cannot be read allows none.</summary>
    public bool Allows(string tag)
    {
        if (_header is null || _header.Trim() == "*")
            return true;

        return EntityTagHeaderValue.TryParseList([_header], out var tags)
            && tags.Any(value => value.Compare(new EntityTagHeaderValue(tag), useStrongComparison: true));
    }
}
