using Kumiko.Identity.Passwords;
using Xunit;

namespace Kumiko.Identity.Tests.Passwords;

public sealed class CommonPasswordsTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("PassWord")]
    [InlineData("P@ssw0rd")]
    [InlineData("12345678")]
    [InlineData("qwertyuiop")]
    [InlineData("iloveyou")]
    [InlineData("aaaaaaaa")]
    [InlineData("something")]
    [InlineData("ｐａｓｓｗｏｒｄ")]
    public void The_most_guessed_passwords_are_common(string password) => Assert.True(CommonPasswords.Contains(password));

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("password of mine")]
    [InlineData("パスワード組子")]
    [InlineData("xK9#vQ2m")]
    public void A_password_of_ones_own_is_not(string password) => Assert.False(CommonPasswords.Contains(password));

    [Fact]
    public void The_list_can_be_read_concurrently() =>
        Parallel.For(0, 200, i => Assert.Equal(i % 2 == 0, CommonPasswords.Contains(i % 2 == 0 ? "sunshine" : $"sun{i}shine!")));
}
