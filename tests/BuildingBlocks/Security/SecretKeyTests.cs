using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Security;

public sealed class SecretKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kumiko-secret-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task On_SQLite_the_key_is_created_once_even_by_many_starting_processes()
    {
        // Whether they collide depends on timing, so start often.
        for (var round = 0; round < 50; round++)
        {
            var keys = await Task.WhenAll(
                Enumerable.Range(0, 16).Select(_ => Task.Run(() => Convert.ToHexString(Read().Derive("test", 32))))
            );

            Assert.Single(keys.Distinct());
            var file = Assert.Single(Directory.GetFiles(_folder));
            Assert.Equal("security.key", Path.GetFileName(file));
            File.Delete(file);
        }
    }

    [Fact]
    public void Only_the_owner_can_read_the_key_file()
    {
        Read();

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "security.key")));
    }

    [Fact]
    public void Each_purpose_has_a_separate_key()
    {
        var secret = Read();

        Assert.NotEqual(secret.Derive("one", 32), secret.Derive("two", 32));
        Assert.Equal(secret.Derive("one", 32), Read().Derive("one", 32));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData(",")]
    [InlineData("\n")]
    public void Of_several_keys_the_first_is_used_and_all_are_accepted(string separator)
    {
        var (first, second) = (new byte[32], Enumerable.Repeat((byte)1, 32).ToArray());

        var secret = Read(("Security:Key", $"{Convert.ToBase64String(first)}{separator}{Convert.ToBase64String(second)}\n"));

        Assert.True(secret.IsChanging);
        Assert.Equal(new SecretKey(first).Derive("one", 32), secret.Derive("one", 32));
        Assert.Equal([secret.Derive("one", 32), new SecretKey(second).Derive("one", 32)], secret.DeriveAccepted("one", 32));
    }

    [Theory]
    [InlineData("dG9vIHNob3J0")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= dG9vIHNob3J0")]
    [InlineData("not base64 at all!")]
    public void A_malformed_key_is_refused_without_revealing_it(string key)
    {
        var refused = Assert.Throws<InvalidSettingException>(() => Read(("Security:Key", key)));

        Assert.StartsWith("Security:Key does not hold 32 random bytes", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void On_MySQL_the_key_must_be_set()
    {
        var refused = Assert.Throws<InvalidSettingException>(() => Read(("Database:Provider", "mysql")));

        Assert.Contains("openssl rand -base64 32", refused.Message, StringComparison.Ordinal);
    }

    private SecretKey Read(params (string Name, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                KeyValuePair.Create<string, string?>("Database:Folder", _folder),
                .. values.Select(value => KeyValuePair.Create<string, string?>(value.Name, value.Value)),
            ])
            .Build();
        return SecretKey.FromSettings(configuration, new DatabaseSettings(configuration));
    }
}
