using System.Globalization;
using FluentMigrator;

namespace Kumiko.Posts.Migrations;

/// <summary>
/// Requests all existing users from Identity: a new posts database may join an installation that already has users, and the events about
/// them are no longer kept. It is the first event in the outbox, so it is sent once, however the modules are connected by then.
/// </summary>
[Migration(13, "Request users")]
public sealed class M0013_RequestUsers : Migration
{
    public override void Up()
    {
        var now = DateTime.UtcNow;
        var time = now.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        Execute.Sql(
            $$"""
            insert into outbox (event_id, name, body, created_at, attempts, next_attempt_at)
            values ('{{Guid.CreateVersion7(now)}}', 'identity.users_requested', '{"after_id":0}', '{{time}}', 0, '{{time}}')
            """
        );
    }

    public override void Down() => Execute.Sql("delete from outbox where name = 'identity.users_requested'");
}
