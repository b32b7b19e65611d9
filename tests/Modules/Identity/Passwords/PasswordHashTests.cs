using Kumiko.Identity.Passwords;
using Microsoft.Extensions.Configuration;
using NSec.Cryptography;
using Xunit;

namespace Kumiko.Identity.Tests.Passwords;

public sealed class PasswordHashTests
{
    private static readonly Argon2Parameters Current = new PasswordSettings(new ConfigurationBuilder().Build()).Hashing;

    private static readonly Argon2Parameters Weaker = new()
    {
        MemorySize = 8 * 1024,
        NumberOfPasses = 1,
        DegreeOfParallelism = 1,
    };

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("パスワードは秘密です")]
    [InlineData("🔑🔒🔓 with\0nul and \ufffe")]
    public void A_password_verifies_against_its_own_hash(string password)
    {
        var hash = PasswordHash.Create(password, Current);

        Assert.True(PasswordHash.Verify(password, hash));
        Assert.False(PasswordHash.Verify(password + " ", hash));
        Assert.False(PasswordHash.IsWeaker(hash, Current));
    }

    [Fact]
    public void Equivalent_Unicode_forms_of_a_password_are_equal() =>
        Assert.True(PasswordHash.Verify("パスワードＡ１２e\u0301", PasswordHash.Create("ﾊﾟｽﾜｰﾄﾞA12é", Current)));

    [Fact]
    public void A_hash_contains_its_parameters_and_a_unique_salt()
    {
        var one = PasswordHash.Create("correct horse", Current);
        var other = PasswordHash.Create("correct horse", Current);

        Assert.Matches(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", one);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void A_hash_of_weaker_parameters_verifies_and_needs_rehashing()
    {
        var hash = PasswordHash.Create("correct horse", Weaker);

        Assert.True(PasswordHash.Verify("correct horse", hash));
        Assert.True(PasswordHash.IsWeaker(hash, Current));
    }

    // Made with the argon2 command of the reference implementation: echo -n password | argon2 somesaltsomesalt -id -t 2 -k 65536 -p 1 -e
    [Fact]
    public void A_hash_of_another_program_verifies() =>
        Assert.True(
            PasswordHash.Verify(
                "password",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$/DO3gTkjHTS3Fia9YkXB1y76GQrWBcPYFmpyrc7fosI"
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$2b$12$abcdefghijklmnopqrstuv")]
    [InlineData("$argon2id$v=19$m=19456,p=1$c2FsdA$aGFzaA")]
    public void A_text_that_is_not_a_hash_is_an_error(string text) => Assert.Throws<FormatException>(() => PasswordHash.Verify("x", text));

    [Fact]
    public void The_dummy_costs_as_much_as_a_real_hash() => Assert.False(PasswordHash.IsWeaker(PasswordHash.CreateDummy(Current), Current));
}
