using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Configuration;
using MySqlConnector;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Data;

public sealed class DatabaseSettingsTests
{
    [Theory]
    [InlineData("oracle", null, "set it to 'sqlite' or 'mysql'")]
    [InlineData("mysql", null, "set ConnectionStrings:Posts")]
    [InlineData("mysql", "Server=db;Database=x;Colour=red", "write it as 'Server=...;Database=...;User ID=...;Password=...'")]
    [InlineData("mysql", "Server=db;User ID=x", "add 'Database=...'")]
    public void Invalid_settings_are_refused_with_advice(string provider, string? connectionString, string advice)
    {
        var configuration = Configuration(("Database:Provider", provider), ("ConnectionStrings:Posts", connectionString));

        var refused = Assert.Throws<InvalidSettingException>(() => new DatabaseSettings(configuration).ConnectionString("posts"));

        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Migrations_may_have_a_separate_user()
    {
        var settings = new DatabaseSettings(
            Configuration(
                ("Database:Provider", "mysql"),
                ("ConnectionStrings:Posts", "Server=db;Database=posts;User ID=rows"),
                ("ConnectionStrings:PostsMigrations", "Server=db;Database=posts;User ID=schema")
            )
        );

        Assert.Contains("schema", settings.MigrationsConnectionString("posts"), StringComparison.Ordinal);
        Assert.Contains("rows", settings.ConnectionString("posts"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_without_a_password_uses_its_own_password_setting()
    {
        var settings = new DatabaseSettings(
            Configuration(
                ("Database:Provider", "mysql"),
                ("ConnectionStrings:Posts", "Server=db;Database=posts;User ID=rows"),
                ("ConnectionStrings:PostsMigrations", "Server=db;Database=posts;User ID=schema"),
                ("Passwords:Posts", "for; rows='1'"),
                ("Passwords:PostsMigrations", "for schema")
            )
        );

        Assert.Equal("for; rows='1'", new MySqlConnectionStringBuilder(settings.ConnectionString("posts")).Password);
        Assert.Equal("for schema", new MySqlConnectionStringBuilder(settings.MigrationsConnectionString("posts")).Password);
    }

    [Fact]
    public void Migrations_without_a_separate_user_have_no_separate_password()
    {
        var settings = new DatabaseSettings(
            Configuration(
                ("Database:Provider", "mysql"),
                ("ConnectionStrings:Posts", "Server=db;Database=posts;User ID=rows"),
                ("Passwords:Posts", "for rows"),
                ("Passwords:PostsMigrations", "unused")
            )
        );

        Assert.Equal("for rows", new MySqlConnectionStringBuilder(settings.MigrationsConnectionString("posts")).Password);
    }

    [Fact]
    public void A_password_in_the_connection_string_is_used()
    {
        var settings = new DatabaseSettings(
            Configuration(
                ("Database:Provider", "mysql"),
                ("ConnectionStrings:Posts", "Server=db;Database=posts;User ID=rows;Password=here"),
                ("Passwords:Posts", "there")
            )
        );

        Assert.Equal("here", new MySqlConnectionStringBuilder(settings.ConnectionString("posts")).Password);
    }

    private static IConfiguration Configuration(params (string Name, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(value => value.Name, value => value.Value)).Build();
}
