using FluentMigrator;

namespace Kumiko.BuildingBlocks.Data.Migrations;

/// <summary>
/// The tables of the building blocks, for the migrations of the modules that use them. Each method runs one statement, since MySQL cannot
/// roll back a schema change.
/// </summary>
public static class SharedTables
{
    /// <summary>Creates the table for events that are to be delivered.</summary>
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

    /// <summary>Indexes the outbox in the order in which the relay reads it.</summary>
    public static void IndexOutbox(this Migration migration) =>
        migration
            .Create.Index("ix_outbox_next_attempt_at")
            .OnTable("outbox")
            .OnColumn("next_attempt_at")
            .Ascending()
            .OnColumn("id")
            .Ascending();

    /// <summary>Adds the time at which an event was handed over; its row is kept for a while.</summary>
    public static void AddOutboxDeliveredAt(this Migration migration) =>
        migration.Alter.Table("outbox").AddColumn("delivered_at").AsDateTime2().Nullable();

    /// <summary>Adds the route by which an event was handed over.</summary>
    public static void AddOutboxDeliveredBy(this Migration migration) =>
        migration.Alter.Table("outbox").AddColumn("delivered_by").AsAnsiString(64).Nullable();

    /// <summary>Indexes the outbox for the relay (not handed over yet, by time) and for the sweep (handed over long ago).</summary>
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

    /// <summary>Indexes the outbox by the routes of its events.</summary>
    public static void IndexOutboxByRoute(this Migration migration) =>
        migration.Create.Index("ix_outbox_delivered_by").OnTable("outbox").OnColumn("delivered_by");

    /// <summary>Creates the table for events that a handler of this module failed to take, set aside for an operator.</summary>
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

    /// <summary>Creates the table for events that took effect here, so that one delivered twice takes effect once.</summary>
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

    /// <summary>Indexes the inbox for the sweep.</summary>
    public static void IndexInbox(this Migration migration) =>
        migration.Create.Index("ix_inbox_received_at").OnTable("inbox").OnColumn("received_at");

    /// <summary>Creates the table for the first responses to requests with an <c>Idempotency-Key</c>.</summary>
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

    /// <summary>Indexes the idempotency keys for the sweep.</summary>
    public static void IndexIdempotencyKeys(this Migration migration) =>
        migration.Create.Index("ix_idempotency_keys_created_at").OnTable("idempotency_keys").OnColumn("created_at");

    /// <summary>Creates the table for sessions that have ended while one of their access tokens may still be valid.</summary>
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

    /// <summary>Indexes the ended sessions for the read that runs every second, and for the sweep.</summary>
    public static void IndexEndedSessions(this Migration migration) =>
        migration.Create.Index("ix_ended_sessions_noted_at").OnTable("ended_sessions").OnColumn("noted_at");

    /// <summary>Adds the resource that a kept response describes: deleting the resource removes the response.</summary>
    public static void AddIdempotencyResource(this Migration migration) =>
        migration.Alter.Table("idempotency_keys").AddColumn("resource").AsAnsiString(64).Nullable();

    /// <summary>Indexes the idempotency keys by resource, for the deletion of a resource.</summary>
    public static void IndexIdempotencyResource(this Migration migration) =>
        migration.Create.Index("ix_idempotency_keys_resource").OnTable("idempotency_keys").OnColumn("resource");
}
