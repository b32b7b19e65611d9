using FluentMigrator;

namespace Kumiko.BuildingBlocks.Data.Migrations;

/// <summary>
/// The tables of the building blocks, for the migrations of the modules that use them. Each is one statement, since MySQL cannot roll a
/// schema change back.
/// </summary>
public static class SharedTables
{
    /// <summary>Events that became true and are not delivered yet.</summary>
    public static void CreateOutbox(this Migration migration) =>
        migration
            .Create.Table("outbox")
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .Identity()
            .WithColumn("event_id")
            .AsAnsiString(36)
            .NotNullable()
            .WithColumn("name")
            .AsAnsiString(100)
            .NotNullable()
            .WithColumn("body")
            .AsString(1_000_000)
            .NotNullable()
            .WithColumn("trace_parent")
            .AsAnsiString(55)
            .Nullable()
            .WithColumn("created_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("attempts")
            .AsInt32()
            .NotNullable()
            .WithColumn("next_attempt_at")
            .AsDateTime2()
            .NotNullable();

    /// <summary>The order in which the relay asks for events.</summary>
    public static void IndexOutbox(this Migration migration) =>
        migration
            .Create.Index("ix_outbox_next_attempt_at")
            .OnTable("outbox")
            .OnColumn("next_attempt_at")
            .Ascending()
            .OnColumn("id")
            .Ascending();

    /// <summary>When an event was handed over; it stays for a while.</summary>
    public static void AddOutboxDeliveredAt(this Migration migration) =>
        migration.Alter.Table("outbox").AddColumn("delivered_at").AsDateTime2().Nullable();

    /// <summary>Which way an event was handed over.</summary>
    public static void AddOutboxDeliveredBy(this Migration migration) =>
        migration.Alter.Table("outbox").AddColumn("delivered_by").AsAnsiString(64).Nullable();

    /// <summary>What the relay asks for (not handed over yet, by time), and what the sweep does (handed over long ago).</summary>
    public static void IndexOutboxByDelivery(this Migration migration) =>
        migration
            .Create.Index("ix_outbox_delivered_at")
            .OnTable("outbox")
            .OnColumn("delivered_at")
            .Ascending()
            .OnColumn("next_attempt_at")
            .Ascending()
            .OnColumn("id")
            .Ascending();

    /// <summary>Which ways events went.</summary>
    public static void IndexOutboxByRoute(this Migration migration) =>
        migration.Create.Index("ix_outbox_delivered_by").OnTable("outbox").OnColumn("delivered_by");

    /// <summary>Events that a handler of this module cannot take, put aside for an operator.</summary>
    public static void CreateParkedEvents(this Migration migration) =>
        migration
            .Create.Table("parked_events")
            .WithColumn("event_id")
            .AsAnsiString(36)
            .NotNullable()
            .PrimaryKey("pk_parked_events")
            .WithColumn("handler")
            .AsAnsiString(100)
            .NotNullable()
            .PrimaryKey("pk_parked_events")
            .WithColumn("name")
            .AsAnsiString(100)
            .NotNullable()
            .WithColumn("body")
            .AsString(1_000_000)
            .NotNullable()
            .WithColumn("trace_parent")
            .AsAnsiString(55)
            .Nullable()
            .WithColumn("created_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("attempts")
            .AsInt32()
            .NotNullable()
            .WithColumn("error")
            .AsString(2_000)
            .NotNullable()
            .WithColumn("parked_at")
            .AsDateTime2()
            .NotNullable();

    /// <summary>Which events took effect here, so that one delivered twice takes effect once.</summary>
    public static void CreateInbox(this Migration migration) =>
        migration
            .Create.Table("inbox")
            .WithColumn("event_id")
            .AsAnsiString(36)
            .NotNullable()
            .PrimaryKey("pk_inbox")
            .WithColumn("handler")
            .AsAnsiString(100)
            .NotNullable()
            .PrimaryKey("pk_inbox")
            .WithColumn("received_at")
            .AsDateTime2()
            .NotNullable();

    /// <summary>What the sweep of the inbox asks for.</summary>
    public static void IndexInbox(this Migration migration) =>
        migration.Create.Index("ix_inbox_received_at").OnTable("inbox").OnColumn("received_at");

    /// <summary>First answers to requests that carried an <c>Idempotency-Key</c>.</summary>
    public static void CreateIdempotencyKeys(this Migration migration) =>
        migration
            .Create.Table("idempotency_keys")
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .PrimaryKey("pk_idempotency_keys")
            .WithColumn("operation")
            .AsAnsiString(100)
            .NotNullable()
            .PrimaryKey("pk_idempotency_keys")
            .WithColumn("idempotency_key")
            .AsAnsiString(255)
            .NotNullable()
            .PrimaryKey("pk_idempotency_keys")
            .WithColumn("request_hash")
            .AsBinary(32)
            .NotNullable()
            .WithColumn("answer")
            .AsString(1_000_000)
            .Nullable()
            .WithColumn("created_at")
            .AsDateTime2()
            .NotNullable();

    /// <summary>What the sweep of the idempotency keys asks for.</summary>
    public static void IndexIdempotencyKeys(this Migration migration) =>
        migration.Create.Index("ix_idempotency_keys_created_at").OnTable("idempotency_keys").OnColumn("created_at");

    /// <summary>Sessions that have ended while an access token of theirs may still be good.</summary>
    public static void CreateEndedSessions(this Migration migration) =>
        migration
            .Create.Table("ended_sessions")
            .WithColumn("session_id")
            .AsInt64()
            .NotNullable()
            .PrimaryKey("pk_ended_sessions")
            .WithColumn("noted_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("expires_at")
            .AsDateTime2()
            .NotNullable();

    /// <summary>What is read every second, and what the sweep asks for.</summary>
    public static void IndexEndedSessions(this Migration migration) =>
        migration.Create.Index("ix_ended_sessions_noted_at").OnTable("ended_sessions").OnColumn("noted_at");

    /// <summary>What a kept answer tells of: it goes when that is deleted.</summary>
    public static void AddIdempotencyResource(this Migration migration) =>
        migration.Alter.Table("idempotency_keys").AddColumn("resource").AsAnsiString(64).Nullable();

    /// <summary>What is looked for when something is deleted.</summary>
    public static void IndexIdempotencyResource(this Migration migration) =>
        migration.Create.Index("ix_idempotency_keys_resource").OnTable("idempotency_keys").OnColumn("resource");
}
