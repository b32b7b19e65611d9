using System.Net;
using Kumiko.BuildingBlocks.Security;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Security;

public sealed class RememberingTokenHandlerTests
{
    private const string Protected = "/protected";

    [Fact]
    public async Task The_signature_of_a_token_is_verified_once()
    {
        using var key = new TestKey("key");
        using var handler = new Handler(key);
        var token = key.Sign(Handler.Now);
        Assert.True(await handler.IsValidAsync(token));

        handler.BreakKey();
        Assert.True(await handler.IsValidAsync(token));
        Assert.False(await handler.IsValidAsync(key.Sign(Handler.Now)));
    }

    [Fact]
    public async Task Invalid_tokens_are_not_remembered()
    {
        using var key = new TestKey("key");
        using var impostor = new TestKey("key");
        using var handler = new Handler(key);

        Assert.False(await handler.IsValidAsync(impostor.Sign(Handler.Now)));
        Assert.False(await handler.IsValidAsync(key.Sign(Handler.Now - TimeSpan.FromMinutes(11))));
        Assert.Equal(0, handler.Remembered);
        Assert.True(await handler.IsValidAsync(key.Sign(Handler.Now)));
        Assert.Equal(1, handler.Remembered);
    }

    [Fact]
    public async Task A_token_that_differs_from_a_remembered_one_is_refused()
    {
        await using var identity = await IssuingProcess.StartAsync();
        await using var process = await VerifyingProcess.StartAsync(identity.KeySet);
        var token = identity.Key.Sign(process.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, await AskAsync(process, token));

        var parts = token.Split('.');
        var other = identity
            .Key.Sign(process.Clock.GetUtcNow(), new Dictionary<string, object> { ["sub"] = "2", ["sid"] = "1" })
            .Split('.');
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(process, $"{parts[0]}.{other[1]}.{parts[2]}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(process, $"{parts[0]}.{parts[1]}.{other[2]}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(process, $"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(process, $"{parts[0]}.{parts[1]}."));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(process, token));
    }

    [Fact]
    public async Task A_remembered_token_is_refused_when_it_has_expired()
    {
        using var key = new TestKey("key");
        using var handler = new Handler(key);
        var token = key.Sign(Handler.Now);
        Assert.True(await handler.IsValidAsync(token));

        handler.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(await handler.IsValidAsync(token));
    }

    [Theory]
    [InlineData("another")]
    [InlineData("key")]
    public async Task A_remembered_token_is_refused_when_its_key_is_withdrawn_or_replaced(string id)
    {
        using var key = new TestKey("key");
        using var next = new TestKey(id);
        using var handler = new Handler(key);
        var token = key.Sign(Handler.Now);
        Assert.True(await handler.IsValidAsync(token));

        handler.Publish(next);
        Assert.False(await handler.IsValidAsync(token));
    }

    private static async Task<HttpStatusCode> AskAsync(VerifyingProcess process, string token)
    {
        using var answer = await process.SendAsync(Protected, token);
        return answer.StatusCode;
    }

    // One published key, which the test replaces or breaks.
    private sealed class Handler : ITokenKeys, IDisposable
    {
        public static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-24T12:00:00Z", null);

        private readonly RememberingTokenHandler _handler;
        private ECDsaSecurityKey _published;

        public Handler(TestKey key)
        {
            _handler = new RememberingTokenHandler(this, Clock);
            _published = key.PublicHalf();
        }

        public FakeTimeProvider Clock { get; } = new(Now);

        public int Remembered => _handler.Remembered;

        public SecurityKey? Find(string keyId) => keyId == _published.KeyId ? _published : null;

        public ValueTask ReloadAsync(string keyId, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Publish(TestKey key) => _published = key.PublicHalf();

        /// <summary>From now on, the key verifies nothing.</summary>
        public void BreakKey() => _published.ECDsa.Dispose();

        public async Task<bool> IsValidAsync(string token)
        {
            var result = await _handler.ValidateTokenAsync(
                token,
                new TokenValidationParameters
                {
                    ValidIssuer = TestKey.Issuer,
                    ValidAudience = "kumiko",
                    IssuerSigningKeyResolver = (_, _, keyId, _) => Find(keyId) is { } key ? [key] : [],
                    TryAllIssuerSigningKeys = false,
                    LifetimeValidator = (_, expires, _, _) => expires > Clock.GetUtcNow().UtcDateTime,
                }
            );
            return result.IsValid;
        }

        public void Dispose()
        {
            BreakKey();
            _handler.Dispose();
        }
    }
}
