using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Observability;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>Authenticates requests by their access tokens.</summary>
public static class BearerTokens
{
    /// <summary>How much the clocks of two machines may differ.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>Verifies ES256 access tokens with the keys of <see cref="ITokenKeys"/>.</summary>
    public static IServiceCollection AddBearerTokens(this IServiceCollection services)
    {
        // Without a default scheme, a token is read only where an endpoint asks for the user, and anonymous reads pay nothing.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);
        services.AddAuthentication().AddJwtBearer();
        services.AddSingleton<RememberingTokenHandler>();
        services.TryAddSingleton<EndedSessions>();
        services.AddSingleton<EndedSessionsReader>().AddHostedService(provider => provider.GetRequiredService<EndedSessionsReader>());
        services.AddSingleton<EndedSessionsCheck>();
        services.AddHealthChecks().AddCheck<EndedSessionsCheck>("ended_sessions", tags: [HealthTags.Serving]);
        RemoveDataProtectionStart(services);
        services
            .AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build());
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IServiceProvider>(Configure);
        return services;
    }

    /// <summary>The user who sent the request, for an endpoint that does not require sign-in; null if there is no valid token.</summary>
    /// <exception cref="TokenKeysUnavailableException">The token cannot be verified right now.</exception>
    public static async Task<CurrentUser?> FindUserAsync(this HttpContext http)
    {
        var result = await http.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        if (result.Failure is TokenKeysUnavailableException failure)
            throw failure;
        return result.Succeeded ? CurrentUser.Of(result.Principal) : null;
    }

    // AddAuthentication also registers Data Protection for cookies. Nothing here uses them, and its start writes a key into the
    // user's home folder.
    private static void RemoveDataProtectionStart(IServiceCollection services)
    {
        foreach (
            var start in services
                .Where(service => service.ServiceType == typeof(IHostedService) && IsDataProtection(service.ImplementationType))
                .ToList()
        )
            services.Remove(start);
    }

    private static bool IsDataProtection(Type? type) => type?.Assembly == typeof(DataProtectionOptions).Assembly;

    private static void Configure(JwtBearerOptions options, IServiceProvider services)
    {
        var settings = services.GetRequiredService<TokenSettings>();
        var keys = services.GetRequiredService<ITokenKeys>();
        var clock = services.GetRequiredService<TimeProvider>();
        var ended = services.GetRequiredService<EndedSessions>();
        var events = services.GetRequiredService<SecurityEvents>();
        options.TimeProvider = clock;
        options.MapInboundClaims = false;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(services.GetRequiredService<RememberingTokenHandler>());
        options.TokenValidationParameters = new TokenValidationParameters
        {
            // Anything else is refused, including 'none' and HS256 with the public key (RFC 8725, 3.1).
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = ["at+jwt"],
            ValidIssuer = settings.Issuer,
            ValidateIssuer = settings.IsIssuerSet,
            ValidAudience = settings.Audience,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keyId is not null && keys.Find(keyId) is { } key ? [key] : [],
            TryAllIssuerSigningKeys = false,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) =>
            {
                var now = clock.GetUtcNow().UtcDateTime;
                return expires > now - ClockSkew && (notBefore is null || notBefore < now + ClockSkew);
            },
            NameClaimType = JwtRegisteredClaimNames.PreferredUsername,
            RoleClaimType = "role",
        };
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = context => LoadKeyAsync(context, keys, events),
            OnTokenValidated = context =>
            {
                CheckClaims(context, ended, events);
                return Task.CompletedTask;
            },
            OnAuthenticationFailed = context =>
            {
                Report(events, context.Exception);
                return Task.CompletedTask;
            },
            // This is not the client's fault: a 401 would make it sign in again.
            OnChallenge = context =>
                context.AuthenticateFailure is TokenKeysUnavailableException failure ? throw failure : Task.CompletedTask,
        };
    }

    private static void CheckClaims(TokenValidatedContext context, EndedSessions ended, SecurityEvents events)
    {
        if (CurrentUser.Find(context.Principal) is not { } user)
        {
            events.Refused(SecurityEvent.InvalidToken, reason: "claims");
            context.Fail("The token does not say whose it is.");
        }
        else if (ended.Contains(user.SessionId))
        {
            events.Record(SecurityEvent.InvalidToken, SecurityOutcome.Ended, user.Id, user.SessionId, account: null, reason: null);
            context.Fail("The session has ended.");
        }
    }

    // The messages of these exceptions may quote the token, so none of them is logged.
    private static void Report(SecurityEvents events, Exception failure)
    {
        if (failure is SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException)
        {
            events.Record(SecurityEvent.InvalidToken, SecurityOutcome.Expired, userId: null, sessionId: null, account: null, reason: null);
            return;
        }

        events.Refused(
            SecurityEvent.InvalidToken,
            reason: failure switch
            {
                SecurityTokenInvalidSignatureException => "signature",
                SecurityTokenInvalidAlgorithmException => "algorithm",
                SecurityTokenInvalidIssuerException => "issuer",
                SecurityTokenInvalidAudienceException => "audience",
                SecurityTokenInvalidTypeException => "type",
                _ => "malformed",
            }
        );
    }

    // The resolver above cannot wait, so an unknown key is fetched before it runs. Never throw from here: the framework would log each
    // exception as an error and answer 500.
    private static async Task LoadKeyAsync(MessageReceivedContext context, ITokenKeys keys, SecurityEvents events)
    {
        const string Scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return;

        if (!TryReadKeyId(header[Scheme.Length..].Trim(), out var keyId))
        {
            events.Refused(SecurityEvent.InvalidToken, reason: "malformed");
            context.Fail("The token is not a signed one.");
            return;
        }

        if (string.IsNullOrEmpty(keyId) || keys.Find(keyId) is not null)
            return;

        try
        {
            await keys.ReloadAsync(keyId, context.HttpContext.RequestAborted);
        }
        catch (OperationCanceledException e) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
            context.Fail(e);
        }
        catch (Exception e) when (e is TokenKeysUnavailableException || DatabaseFailure.IsUnavailable(e))
        {
            context.Fail(e as TokenKeysUnavailableException ?? new TokenKeysUnavailableException());
        }
    }

    // The reader throws whatever its decoder or parser throws, which differs from one malformed token to the next.
    private static bool TryReadKeyId(string token, out string? keyId)
    {
        keyId = null;
        // RFC 7515, 7.1: a signed token has three parts. An encrypted one has five (RFC 7516) and is not accepted here.
        if (token.AsSpan().Count('.') != 2)
            return false;

        try
        {
            keyId = new JsonWebToken(token).Kid;
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
