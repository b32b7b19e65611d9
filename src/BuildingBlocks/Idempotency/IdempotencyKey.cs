using ErrorOr;
using Kumiko.BuildingBlocks.Failures;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.Idempotency;

/// <summary>Identifies a request that the caller may send again without its taking effect twice.</summary>
public sealed record IdempotencyKey
{
    /// <summary>The value for a request without a key.</summary>
    public static readonly IdempotencyKey None = new(0, "", "");

    private const int MaxLength = 255;

    private IdempotencyKey(long userId, string operation, string text) => (UserId, Operation, Text) = (userId, operation, text);

    internal long UserId { get; }
    internal string Operation { get; }
    internal string Text { get; }
    internal string? Owner { get; private init; }
    internal IReadOnlyList<string> Values { get; private init; } = [];

    /// <summary>Whether the request has no key.</summary>
    public bool IsNone => Text.Length == 0;

    /// <summary>Reads the header. An empty header counts as none, and a key that is too long or not visible ASCII is a 400.</summary>
    /// <param name="request">The request.</param>
    /// <param name="userId">The user who owns the key; 0 if nobody is signed in.</param>
    /// <param name="operation">The operation that the key is for.</param>
    public static ErrorOr<IdempotencyKey> Read(HttpRequest request, long userId, string operation)
    {
        var text = request.Headers[IdempotencyStore.Header].ToString();
        if (text.Length == 0)
            return None;
        if (text.Length > MaxLength || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return Errors.Malformed(IdempotencyStore.Header, $"A key is 1 to {MaxLength} visible ASCII characters.");

        return new IdempotencyKey(userId, operation, text);
    }

    /// <summary>The key of a request to an endpoint that is declared as idempotent, which has read it.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not declared as idempotent.</exception>
    public static IdempotencyKey Of(HttpContext http) =>
        http.Features.Get<IdempotencyKey>() ?? throw new InvalidOperationException("The endpoint lacks Idempotent().");

    /// <summary>The key for a request with these values: all that distinguish it from another request.</summary>
    public IdempotencyKey WithValues(params IReadOnlyList<string> values) => IsNone ? this : this with { Values = values };

    /// <summary>
    /// The key of an owner who is not signed in, such as an e-mail address, so that two callers cannot get in each other's way.
    /// </summary>
    public IdempotencyKey WithOwner(string owner) => IsNone ? this : this with { Owner = owner };
}
