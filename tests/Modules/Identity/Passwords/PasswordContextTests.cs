using Kumiko.Identity.Passwords;
using Xunit;

namespace Kumiko.Identity.Tests.Passwords;

public sealed class PasswordContextTests
{
    [Theory]
    [InlineData("hanako.tanaka")]
    [InlineData("Hanako2026!")]
    [InlineData("h4n4k0!!")]
    [InlineData("okanah99")]
    [InlineData("hanakohanako")]
    [InlineData("hanako-tanaka")]
    [InlineData("flower@example.com")]
    [InlineData("FLOWER+example")]
    [InlineData("ｆｌｏｗｅｒ１２３")]
    [InlineData("kumiko123")]
    [InlineData("kumikokumiko")]
    [InlineData("Kumiko20261128")]
    [InlineData("kum1k0!!")]
    [InlineData("my kumiko")]
    public void A_password_made_of_the_accounts_data_is_guessable(string password) =>
        Assert.True(PasswordContext.IsTooSimilar(password, "flower@example.com", "hanako.tanaka"));

    [Theory]
    [InlineData("seven pine needles")]
    [InlineData("hanako likes pine trees")]
    [InlineData("xK9#vQ2m")]
    [InlineData("花の名前は秘密です")]
    public void A_password_of_ones_own_is_not(string password) =>
        Assert.False(PasswordContext.IsTooSimilar(password, "flower@example.com", "hanako.tanaka"));

    [Theory]
    [InlineData("花子花子花子花子", "花子花子")]
    [InlineData("дмитрий1", "ДМИТРИЙ")]
    public void Names_of_any_script_count(string password, string username) =>
        Assert.True(PasswordContext.IsTooSimilar(password, null, username));

    [Fact]
    public void Values_too_long_for_a_name_or_address_are_ignored() =>
        Assert.False(
            PasswordContext.IsTooSimilar(
                "pine needles",
                new string('x', 255) + ".needles",
                string.Concat(Enumerable.Repeat("\uFDFA", 18_000)) + ".needles"
            )
        );

    [Fact]
    public void A_two_letter_name_inside_a_password_does_not_matter() =>
        Assert.False(PasswordContext.IsTooSimilar("xy482913-1", "a.b@c.de", "xy"));
}
