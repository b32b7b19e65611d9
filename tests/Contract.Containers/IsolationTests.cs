namespace Kumiko.Contract.Containers;

/// <summary>What an attacker who took over one container can't do to the others.</summary>
public class IsolationTests
{
    [Fact]
    public async Task No_container_runs_as_root()
    {
        var users = await ComposeProject.Running.InspectAsync(
            "{{.Name}}: '{{.Config.User}}', without rights {{.HostConfig.CapDrop}}, of new ones {{.HostConfig.SecurityOpt}}"
        );
        Assert.NotEmpty(users);
        Assert.All(
            users,
            user =>
            {
                Assert.DoesNotContain("'root'", user, StringComparison.Ordinal);
                Assert.DoesNotContain("''", user, StringComparison.Ordinal);
                Assert.DoesNotContain("'0", user, StringComparison.Ordinal);
                Assert.Contains("without rights [ALL], of new ones [no-new-privileges:true]", user, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task MySQL_is_reached_over_TLS_only()
    {
        Assert.Equal("1", (await ComposeProject.Running.SqlAsync("select @@require_secure_transport")).Trim());
        var ways = await ComposeProject.Running.SqlAsync(
            "select distinct connection_type from performance_schema.threads where processlist_user in ('posts', 'identity')"
        );
        Assert.Equal("SSL/TLS", ways.Trim());
        Assert.Equal(
            "4",
            (
                await ComposeProject.Running.SqlAsync(
                    "select count(*) from mysql.user where user in ('posts', 'posts_migrations', 'identity', 'identity_migrations') "
                        + "and ssl_type = 'ANY'"
                )
            ).Trim()
        );
    }

    [Fact]
    public async Task Modules_verify_MySQLs_certificate()
    {
        var settings = (await ComposeProject.Running.InspectAsync("{{range .Config.Env}}{{println .}}{{end}}", "--all"))
            .Where(line => line.StartsWith("ConnectionStrings__", StringComparison.Ordinal))
            .ToList();
        // Of the modules, which have both, and of their migrations.
        Assert.True(settings.Count >= 4, string.Join('\n', settings));
        Assert.All(
            settings,
            setting => Assert.EndsWith(";SslMode=VerifyFull;SslCa=/etc/kumiko/mysql-ca.pem", setting, StringComparison.Ordinal)
        );
    }
}
