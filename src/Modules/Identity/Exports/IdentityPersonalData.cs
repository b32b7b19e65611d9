using Kumiko.BuildingBlocks.Privacy;
using Kumiko.Identity.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Identity.Exports;

/// <summary>What this module holds about a user. Hashes and secrets, by which nobody learns anything, are counted or left out.</summary>
internal static class IdentityPersonalData
{
    public static IServiceCollection AddIdentityPersonalData(this IServiceCollection services) =>
        services
            .AddPersonalData(
                new PersonalDataRows<IdentityDatabase, Account>(
                    "account.json",
                    """
                    select u.id, u.email, u.email_verified, u.pending_email, u.username, u.role, u.language, u.created_at, u.updated_at,
                        d.disabled_at, d.reason as disabled_reason
                    from users u left join disabled_users d on d.user_id = u.id where u.id = @UserId limit @Take offset @After
                    """
                )
            )
            .AddPersonalData(
                new PersonalDataRows<IdentityDatabase, Session>(
                    "sessions.json",
                    """
                    select id, device, address, created_at, last_used_at, expires_at, auth_time, amr from sessions
                    where user_id = @UserId and id > @After order by id limit @Take
                    """,
                    row => row.Id
                )
            )
            .AddPersonalData(
                new PersonalDataRows<IdentityDatabase, Device>(
                    "known_devices.json",
                    "select last_used_at from known_devices where user_id = @UserId order by last_used_at limit @Take offset @After"
                )
            )
            .AddPersonalData(
                new PersonalDataRows<IdentityDatabase, AuthenticatorApp>(
                    "authenticator_app.json",
                    """
                    select created_at, expires_at,
                        (select count(*) from recovery_codes c where c.user_id = t.user_id) as recovery_codes_left
                    from totp_secrets t where user_id = @UserId limit @Take offset @After
                    """
                )
            )
            .AddPersonalData(
                new PersonalDataRows<IdentityDatabase, Passkey>(
                    "passkeys.json",
                    """
                    select id, name, backed_up, created_at, last_used_at from passkeys
                    where user_id = @UserId and id > @After order by id limit @Take
                    """,
                    row => row.Id
                )
            )
            .AddPersonalData(
                new PersonalDataRows<IdentityDatabase, Link>(
                    "mailed_links.json",
                    """
                    select kind, email, expires_at from one_time_secrets where user_id = @UserId
                    order by expires_at, kind, email limit @Take offset @After
                    """
                )
            )
            .AddPersonalData(
                new PersonalDataRows<IdentityDatabase, Invitation>(
                    "invitations.json",
                    // The addresses are those of others.
                    """
                    select id, created_at, expires_at from invitations
                    where invited_by = @UserId and id > @After order by id limit @Take
                    """,
                    row => row.Id
                )
            )
            .AddPersonalData(
                new PersonalDataRows<IdentityDatabase, FormerName>(
                    "former_names.json",
                    """
                    select id, released_at from released_names where user_id = @UserId and id > @After order by id limit @Take
                    """,
                    row => row.Id
                )
            )
            .AddPersonalData(
                new PersonalDataRows<IdentityDatabase, StoredAnswer>(
                    "stored_answers.json",
                    """
                    select idempotency_key, answer, created_at from idempotency_keys where resource = concat('user:', @UserId)
                    order by created_at, idempotency_key limit @Take offset @After
                    """
                )
            )
            .AddPersonalData(
                new PersonalDataRows<IdentityDatabase, Activity>(
                    "activity.json",
                    "select "
                        + AuditTable.ActivityColumns
                        + """
                        , case when subject_id = @UserId then 'self' else 'other' end as done_to, reason
                        from audit_entries where (subject_id = @UserId or actor_id = @UserId) and id > @After order by id limit @Take
                        """,
                    row => row.Id
                )
            );

    private sealed record Account
    {
        public long Id { get; init; }
        public string Email { get; init; } = "";
        public bool EmailVerified { get; init; }
        public string? PendingEmail { get; init; }
        public string Username { get; init; } = "";
        public string Role { get; init; } = "";
        public string? Language { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public DateTimeOffset? DisabledAt { get; init; }
        public string? DisabledReason { get; init; }
    }

    private sealed record Session
    {
        public long Id { get; init; }
        public string? Device { get; init; }
        public string? Address { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset LastUsedAt { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
        public DateTimeOffset? AuthTime { get; init; }
        public string? Amr { get; init; }
    }

    private sealed record Device
    {
        public DateTimeOffset LastUsedAt { get; init; }
    }

    private sealed record AuthenticatorApp
    {
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public long RecoveryCodesLeft { get; init; }
    }

    private sealed record Passkey
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public bool BackedUp { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
    }

    private sealed record Link
    {
        public string Kind { get; init; } = "";
        public string Email { get; init; } = "";
        public DateTimeOffset ExpiresAt { get; init; }
    }

    private sealed record Invitation
    {
        public long Id { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
    }

    private sealed record FormerName
    {
        public long Id { get; init; }
        public DateTimeOffset ReleasedAt { get; init; }
    }

    private sealed record StoredAnswer
    {
        public string IdempotencyKey { get; init; } = "";
        public string? Answer { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }

    private sealed record Activity
    {
        public long Id { get; init; }
        public DateTimeOffset At { get; init; }
        public string Action { get; init; } = "";
        public string Outcome { get; init; } = "";
        public string DoneBy { get; init; } = "";
        public string DoneTo { get; init; } = "";
        public long? SessionId { get; init; }
        public string? Client { get; init; }
        public string? Details { get; init; }
        public string? Reason { get; init; }
    }
}
