using System.Reflection;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Mediation;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Retention;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Directory;
using Kumiko.Identity.Emails;
using Kumiko.Identity.Exports;
using Kumiko.Identity.Keys;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Migrations;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Recovery;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.SecretRotation;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.SignIns;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Identity;

/// <summary>Accounts and sign-in.</summary>
public sealed class IdentityModule : IModule
{
    /// <inheritdoc />
    public string Name => IdentityDatabase.ModuleName;

    /// <inheritdoc />
    public string PathPrefix => "/api/auth";

    /// <inheritdoc />
    public string Description => "Accounts, sign-in and sessions. Tokens are ES256 JWTs; anyone may verify them by the published keys.";

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Tags { get; } =
        new Dictionary<string, string>
        {
            ["Account"] = "Register, and manage your own account.",
            ["Sign-in"] = "Sign in, stay signed in, and sign out.",
            ["Passkeys"] = "Add, name and remove passkeys, and sign in with one.",
            ["Sessions"] = "See where you are signed in, and sign out there.",
            ["Administration"] =
                "Find and change accounts, and read the audit trail; for admins. Where an installation demands a second factor of them, an "
                + "admin without one gets 403 with a `type` that ends in `/second-factor-setup-required`.",
            ["Users"] = "Read what others see of an account.",
            ["Discovery"] = "Get what is needed to verify access tokens.",
            ["Health"] = "Check whether a module works.",
        };

    /// <inheritdoc />
    public Assembly Migrations => typeof(M0001_Users).Assembly;

    /// <inheritdoc />
    public IReadOnlyCollection<string> ConsumesFrom => [];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, ModuleSettings settings)
    {
        services.AddSingleton(new IdentityDatabase(settings.Database));
        services.AddSingleton<ModuleDatabase>(provider => provider.GetRequiredService<IdentityDatabase>());
        services.AddJson(typeof(IdentityModule).Assembly);
        services.AddValidatorsFromAssemblyContaining<IdentityModule>(ServiceLifetime.Singleton, includeInternalTypes: true);
        services.AddMediator(options =>
        {
            options.Namespace = "Kumiko.Identity.Mediation";
            options.GenerateTypesAsInternal = true;
            options.Assemblies = [typeof(IdentityModule)];
            options.PipelineBehaviors = [typeof(ValidationBehavior<,>), typeof(DeadlockBehavior<,>)];
        });
        services.AddSingleton(new ReservedNames(settings.Configuration));
        services.AddSingleton<HashKey>();
        services.AddSealedTables();
        services.AddSingleton<NameHashes>();
        services.AddSingleton<EmailHash>();
        services.AddRetention<IdentityDatabase>("released_names", "released_at", ReleasedNamesTable.Kept);
        var rateLimits = new RateLimitSettings(settings.Configuration);
        services.AddRateLimits(settings.Configuration, IdentityLimits.PerProcess);
        services.AddSingleton(new IdentityLimits(rateLimits));
        services.AddSingleton<AttemptCounters>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<RegistrationAttempts>();
        services.AddSingleton<RenameAttempts>();
        services.AddSingleton<SecondFactorAttempts>();
        services.AddSingleton<ExportAttempts>();
        services.AddSingleton<TotpCipher>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<SecondFactorCheck>();
        services.AddSingleton<PasskeyAttempts>();
        services.AddSingleton(provider => new PasskeySettings(settings.Configuration, provider.GetRequiredService<TokenSettings>()));
        services.AddSingleton<RelyingParty>();
        services.AddSingleton<PasskeyChallenges>();
        services.AddSingleton<PasskeyCheck>();
        services.AddSingleton<MailAttempts>();
        services.AddSingleton<EmailClaim>();
        services.AddSingleton<VerificationMails>();
        services.AddSingleton<AccountRecovery>();
        services.AddSingleton<DeviceTokens>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton(new PasswordSettings(settings.Configuration));
        services.AddSingleton(new AuditSettings(settings.Configuration));
        services.AddSingleton<AuditChain>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditVerification, AuditVerification>();
        services.AddSingleton<AuditRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditRetention>());
        services.AddSingleton<RoleChange>();
        services.AddSingleton<IAccountRoles, AccountRoles>();
        services.AddSingleton<IAccountFactors, AccountFactors>();
        services.AddSingleton(new PasswordLimiterSettings(rateLimits));
        services.AddSingleton<PasswordLimiter>();
        services.AddSingleton<BreachLookup>();
        services.AddSingleton<NewPassword>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<PasswordMetrics>();
        services.AddSingleton(new SigningKeySettings(settings.Configuration));
        AddSigningKeyCipher(services, settings.Configuration);
        services.AddSingleton<SigningKeyRing>();
        services.AddSingleton<ITokenKeys>(provider => provider.GetRequiredService<SigningKeyRing>());
        services.AddHostedService<SigningKeyRenewal>();
        services.AddSingleton<SigningKeyMetrics>();
        services.AddSingleton<IKeyRotation, KeyRotation>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<OneTimeSecrets>();
        var mail = services.AddMail(settings);
        services.AddSingleton(new AccountSettings(settings.Configuration, sendsMail: mail.Way != MailWay.None));
        services.AddOutbox<IdentityDatabase>();
        var sessions = new SessionSettings(settings.Configuration);
        services.AddSingleton(sessions);
        services.AddSingleton<SessionEnd>();
        services.AddSingleton<SessionStart>();
        services.AddSingleton<SignInCompletion>();
        services.AddSingleton<RefreshTokenChain>();
        services.AddEndedSessions<IdentityDatabase>();
        services.AddEventHandler<IdentityDatabase, UsersRequested, UsersRequestedHandler>();
        services.AddEventHandler<IdentityDatabase, PostRemoved, PostRemovedHandler>();
        services.AddEventHandler<IdentityDatabase, ExportAnswered, ExportAnsweredHandler>();
        services.AddSingleton(new ExportSettings(settings.Configuration));
        services.AddSingleton<ExportKeys>();
        services.AddSingleton<ExportArchive>();
        services.AddIdentityPersonalData();
        // The parts go with it.
        services.AddRetention<IdentityDatabase>("exports", "expires_at", TimeSpan.Zero);
        services.AddInboxRetention<IdentityDatabase>();
        services.AddIdempotencyRetention<IdentityDatabase>();
        // The tokens first: those of an expired session are as old as the session, so that few are left to be deleted with it.
        services.AddRetention<IdentityDatabase>("refresh_tokens", "created_at", sessions.Idle);
        services.AddRetention<IdentityDatabase>("sessions", "expires_at", TimeSpan.Zero);
        services.AddRetention<IdentityDatabase>("attempt_counters", "expires_at", TimeSpan.Zero);
        // Those that were never confirmed; the others do not expire.
        services.AddRetention<IdentityDatabase>("totp_secrets", "expires_at", TimeSpan.Zero);
        services.AddRetention<IdentityDatabase>("known_devices", "last_used_at", DeviceCookie.Lifetime);
        services.AddRetention<IdentityDatabase>("invitations", "expires_at", TimeSpan.Zero);
        services.AddRetention<IdentityDatabase>("one_time_secrets", "expires_at", TimeSpan.Zero);
        services.AddRetention<IdentityDatabase>("passkey_challenges", "expires_at", TimeSpan.Zero);
    }

    /// <inheritdoc />
    public async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        // Nothing else resolves them: they only observe.
        services.GetRequiredService<PasswordMetrics>();
        services.GetRequiredService<SigningKeyMetrics>();
        // Settings that cannot work stop the start, not the first sign-in.
        services.GetRequiredService<PasskeySettings>();
        services.ReportMail();
        await services.GetRequiredService<SigningKeyRing>().RenewAsync(cancellationToken);
        await services.GetRequiredService<HashKey>().PrepareAsync(cancellationToken);
    }

    private static void AddSigningKeyCipher(IServiceCollection services, IConfiguration configuration)
    {
        if (SecretKey.FromSetting(configuration, SigningKeyCipher.EncryptionKey) is { } key)
            services.AddSingleton(new SigningKeyCipher(key, SigningKeyCipher.EncryptionKey));
        else
            services.AddSingleton(provider => new SigningKeyCipher(
                provider.GetRequiredService<SecretKey>(),
                "Security:Key (or Security:KeyFile)"
            ));
    }
}
