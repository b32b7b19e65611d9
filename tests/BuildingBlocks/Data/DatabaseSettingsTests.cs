using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Modules;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Data;

public sealed class DatabaseSettingsTests
{
    [Theory]
    [InlineData("oracle", null, "set it to 'sqlite' or 'mysql'")]
    [InlineData("mysql", null, "set ConnectionStrings:Posts")]
    [InlineData("mysql", "Server=db;Database=x;Colour=red", "write it as 'Server=...;Database=...;User ID=...;Password=...'")]
    [InlineData("mysql", "Server=db;User ID=x", "add 'Database=...'")]
    public void What_cannot_work_is_refused_with_a_sentence_that_says_what_to_set(string provider, string? connectionString, string advice)
    {
        var configuration = Configuration(("Database:Provider", provider), ("ConnectionStrings:Posts", connectionString));

        var refused = Assert.Throws<InvalidSettingException>(() => new DatabaseSettings(configuration).ConnectionString("posts"));

        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void The_migrations_may_have_a_user_of_their_own()
    {
        var settings = new DatabaseSettings(Configuration(
            ("Database:Provider", "mysql"),
            ("ConnectionStrings:Posts", "Server=db;Database=posts;User ID=rows"),
            ("ConnectionStrings:PostsMigrations", "Server=db;Database=posts;User ID=schema")));

        Assert.Contains("schema", settings.MigrationsConnectionString("posts"), StringComparison.Ordinal);
        Assert.Contains("rows", settings.ConnectionString("posts"), StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(params (string Name, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(value => value.Name, value => value.Value)).Build();
}
