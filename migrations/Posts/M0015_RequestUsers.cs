using System.Globalization;
using FluentMigrator;

namespace Kumiko.Posts.Migrations;

/// <summary>
/// Asks Identity for everybody who has an account already: a new database of posts may join an installation that has users, and the events
/// that told of them are long gone. The first event of the outbox, so it is sent once, by whatever way the modules are joined then.
/// </summary>
[Migration(15, "Ask for the users that are there")]
public sealed class M0015_RequestUsers : Migration
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
