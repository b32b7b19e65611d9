using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Kumiko.BuildingBlocks.Versions;

/// <summary>
/// The versions that the caller is ready to change: the <c>If-Match</c> and the <c>If-None-Match</c> of a request that changes something
/// (RFC 9110, 13.1.1 and 13.1.2).
/// </summary>
public sealed class ExpectedVersion
{
    /// <summary>Whatever version there is.</summary>
    public static readonly ExpectedVersion Any = new(default, default);

    private readonly StringValues _match;
    private readonly StringValues _noneMatch;

    private ExpectedVersion(StringValues match, StringValues noneMatch) => (_match, _noneMatch) = (match, noneMatch);

    /// <summary>Reads the headers; a request without them, or with empty ones, may change any version.</summary>
    public static ExpectedVersion Of(HttpRequest request) => new(request.Headers.IfMatch, request.Headers.IfNoneMatch);

    /// <summary>Whether the version with this tag may be changed. An <c>If-Match</c> that cannot be parsed allows none.</summary>
    public bool Allows(string tag) =>
        (StringValues.IsNullOrEmpty(_match) || EntityTags.Names(_match, tag)) && !EntityTags.Names(_noneMatch, tag);
}
