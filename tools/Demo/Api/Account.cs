using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;

namespace Kumiko.Demo.Api;

/// <summary>A registered user who stays signed in.</summary>
internal sealed class Account : IDisposable
{
    // Renewed well before the end, so that a request that waits isn't sent with a token that has just expired.
    private const double RenewAfter = 0.7;

    private readonly KumikoClient _client;
    private readonly SemaphoreSlim _renewing = new(1);
    private TokensResponse _tokens;
    private long _issued;

    private Account(KumikoClient client, UserResponse user, TokensResponse tokens, long issued)
    {
        _client = client;
        _tokens = tokens;
        _issued = issued;
        Id = user.Id;
        Username = user.Username;
    }

    public long Id { get; }

    public string Username { get; }

    /// <summary>The number of renewals.</summary>
    public int Renewals { get; private set; }

    /// <summary>Registers a user with a new password and signs in.</summary>
    /// <exception cref="DemoException">The API refused.</exception>
    public static async Task<Account> RegisterAsync(KumikoClient client, string name, CancellationToken cancellationToken)
    {
        var password = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        var register = new RegisterRequest($"{name}@example.com", name, password);
        var registered = await client.PostAsync(
            "/api/auth/register",
            register,
            Wire.Utf8.RegisterRequest,
            null,
            Guid.NewGuid().ToString(),
            cancellationToken
        );
        var user = registered.Read(HttpStatusCode.Created, Wire.Utf8.UserResponse);

        var issued = Stopwatch.GetTimestamp();
        var login = new LoginRequest(register.Email, password, TokenDelivery: "body");
        var signedIn = await client.PostAsync("/api/auth/login", login, Wire.Utf8.LoginRequest, null, null, cancellationToken);
        return new Account(client, user, signedIn.Read(HttpStatusCode.OK, Wire.Utf8.TokensResponse), issued);
    }

    /// <summary>A token that is still valid for a while, renewed if necessary.</summary>
    /// <exception cref="DemoException">The API refused to renew it.</exception>
    public async ValueTask<string> AccessTokenAsync(CancellationToken cancellationToken)
    {
        if (IsFresh)
            return _tokens.AccessToken;

        // Refresh tokens rotate: of two renewals at once, one would send a spent token.
        await _renewing.WaitAsync(cancellationToken);
        try
        {
            if (!IsFresh)
                await RenewAsync(cancellationToken);
            return _tokens.AccessToken;
        }
        finally
        {
            _renewing.Release();
        }
    }

    public void Dispose() => _renewing.Dispose();

    private bool IsFresh => Stopwatch.GetElapsedTime(_issued).TotalSeconds < _tokens.ExpiresIn * RenewAfter;

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var issued = Stopwatch.GetTimestamp();
        var answer = await _client.PostAsync(
            "/api/auth/refresh",
            new RefreshRequest(_tokens.RefreshToken),
            Wire.Utf8.RefreshRequest,
            null,
            null,
            cancellationToken
        );
        _tokens = answer.Read(HttpStatusCode.OK, Wire.Utf8.TokensResponse);
        Volatile.Write(ref _issued, issued);
        Renewals++;
    }
}
