using System.Collections.Frozen;
using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Background;
using Kumiko.BuildingBlocks.Security;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Kumiko.Infrastructure.Security;

/// <summary>
/// The key set of an Identity that runs in another process, read over HTTP and held in memory. While Identity is unreachable, the keys read
/// before stay in use: a new key signs only an hour after it was published.
/// </summary>
internal sealed class RemoteTokenKeys : ITokenKeys, IDisposable
{
    /// <summary>How often the key set is read in normal operation, so that a withdrawn key is refused within seconds.</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(2);

    /// <summary>How often it is read while that fails.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    // Junk tokens with made-up key ids cost Identity no more than one read in this time, and delay a truly new key by no more than this.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    // Requests wait for the read.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private const int MaxKeySet = 64 * 1024;

    private readonly Uri _address;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly Outage _outage;
    private readonly Lock _door = new();
    private Task _look = Task.CompletedTask;
    private long? _lastLook;
    private long? _lastDemand;

    // Null until a key set has been read; never changed in place.
    private volatile FrozenDictionary<string, SecurityKey>? _keys;
    private string? _text;
    private volatile bool _isUnreachable;

    public RemoteTokenKeys(TokenSettings settings, HttpMessageHandler handler, TimeProvider clock, ILogger<RemoteTokenKeys> logger)
    {
        _address = settings.KeySet;
        _http = new HttpClient(handler) { Timeout = Timeout, MaxResponseContentBufferSize = MaxKeySet };
        _clock = clock;
        _outage = new Outage($"Reading the key set of Identity at {_address}", logger, passes: _ => true);
    }

    /// <summary>Whether a key set has been read at least once.</summary>
    public bool AreLoaded => _keys is not null;

    /// <summary>Whether the last attempt to read the key set failed.</summary>
    public bool IsUnreachable => _isUnreachable;

    /// <inheritdoc />
    public SecurityKey? Find(string keyId) => _keys?.GetValueOrDefault(keyId);

    /// <inheritdoc />
    public async ValueTask ReloadAsync(string keyId, CancellationToken cancellationToken)
    {
        await LookAsync(LookInterval, isDemanded: true).WaitAsync(cancellationToken);
        if (!AreLoaded)
            throw new TokenKeysUnavailableException();
    }

    /// <summary>Reads the key set if it is due. A failed read never throws.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) =>
        LookAsync(AreLoaded && !IsUnreachable ? RefreshInterval : RetryInterval, isDemanded: false).WaitAsync(cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    // All callers wait for the same read. Those for unknown keys have a limit of their own, so that a regular read delays none of them.
    private Task LookAsync(TimeSpan interval, bool isDemanded)
    {
        lock (_door)
        {
            if (_look.IsCompleted && ((isDemanded ? _lastDemand : _lastLook) is not { } last || _clock.GetElapsedTime(last) >= interval))
            {
                _lastLook = _clock.GetTimestamp();
                if (isDemanded)
                    _lastDemand = _lastLook;
                _look = LoadAsync();
            }

            return _look;
        }
    }

    private async Task LoadAsync() => _isUnreachable = !await _outage.TryAsync(ReadAsync, CancellationToken.None);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var text = await _http.GetStringAsync(_address, cancellationToken);
        // The same key objects: whatever else remembers them stays valid.
        if (text == _text)
            return;

        var keys = Read(text);
        if (keys.Count == 0)
            throw new InvalidDataException("It has no ES256 key.");

        (_keys, _text) = (keys, text);
    }

    private static FrozenDictionary<string, SecurityKey> Read(string json)
    {
        var keys = new Dictionary<string, SecurityKey>();
        foreach (var published in new JsonWebKeySet(json).Keys)
        {
            if (
                published is { Kty: "EC", Crv: "P-256", Use: null or "sig", Alg: null or SecurityAlgorithms.EcdsaSha256, Kid.Length: > 0 }
                && Open(published) is { } key
            )
                keys[published.Kid] = key;
        }

        return keys.ToFrozenDictionary();
    }

    private static ECDsaSecurityKey? Open(JsonWebKey published)
    {
        try
        {
            var point = new ECPoint { X = Base64UrlEncoder.DecodeBytes(published.X), Y = Base64UrlEncoder.DecodeBytes(published.Y) };
            return new ECDsaSecurityKey(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point }))
            {
                KeyId = published.Kid,
            };
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            // Not a point on the curve. One bad key must not disable the others.
            return null;
        }
    }
}
