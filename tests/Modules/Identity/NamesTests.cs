using Xunit;

namespace Kumiko.Identity.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("alice")]
    [InlineData("a_b-c.9")]
    [InlineData("組子職人")]
    [InlineData("Ångström")]
    [InlineData("A\u030angstro\u0308m")]
    [InlineData("हिन्दी")]
    [InlineData("Ελλάδα")]
    [InlineData("محمد")]
    [InlineData("٣٤٥")]
    [InlineData("\U00020BB7野家")]
    public void Letters_of_any_script_make_a_username(string username) => Assert.True(Names.HasUsernameCharacters(username));

    [Theory]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    [InlineData("a@b")]
    [InlineData("a/b")]
    [InlineData("<b>")]
    [InlineData("smile😀")]
    [InlineData("zero\u200bwidth")]
    [InlineData("right\u202eleft")]
    [InlineData("\u0301mark")]
    [InlineData("9\u0301")]
    [InlineData("_\u0301_")]
    [InlineData("nul\0nul")]
    [InlineData("half½")]
    [InlineData("a\u3000b")]
    [InlineData("\ufffe\ufffe\ufffe")]
    public void Anything_else_does_not(string username) => Assert.False(Names.HasUsernameCharacters(username));

    [Theory]
    [InlineData("a@example.com")]
    [InlineData("first.last+tag@sub.example.co.jp")]
    [InlineData("o'brien!#$%&*/=?^_`{|}~-@example.org")]
    [InlineData("用户@例子.公司")]
    [InlineData("x@xn--fsqu00a.xn--0zwm56d")]
    [InlineData("1@2.3")]
    public void An_address_is_accepted(string email) => Assert.True(Names.IsEmail(email));

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("@example.com")]
    [InlineData("example.com")]
    [InlineData("a@localhost")]
    [InlineData("a@b@example.com")]
    [InlineData("a b@example.com")]
    [InlineData(" a@example.com")]
    [InlineData("a@example.com ")]
    [InlineData("a@example.com\n")]
    [InlineData("a\u00a0b@example.com")]
    [InlineData("a\0@example.com")]
    [InlineData("a\u200b@example.com")]
    [InlineData("a@example..com")]
    [InlineData("a@.example.com")]
    [InlineData("a@example.com.")]
    [InlineData("a@-example.com")]
    [InlineData("a@example-.com")]
    [InlineData("a@exa_mple.com")]
    [InlineData(".a@example.com")]
    [InlineData("a.@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("\"a\"@example.com")]
    [InlineData("<a@example.com>")]
    [InlineData("a,b@example.com")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("\ufffe@example.com")]
    public void No_address_is_refused(string email) => Assert.False(Names.IsEmail(email));

    [Fact]
    public void An_address_is_as_long_as_mail_allows()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 61), 3)) + ".com";
        Assert.True(Names.IsEmail($"{new string('a', 254 - 1 - domain.Length)}@{domain}"));
        Assert.False(Names.IsEmail($"{new string('a', 255 - 1 - domain.Length)}@{domain}"));
        Assert.True(Names.IsEmail($"{new string('a', 64)}@example.com"));
        Assert.False(Names.IsEmail($"{new string('a', 65)}@example.com"));
        Assert.False(Names.IsEmail($"a@{new string('d', 64)}.com"));
        // 64 octets, not characters.
        Assert.False(Names.IsEmail($"{new string('字', 22)}@example.com"));
    }

    [Theory]
    [InlineData("Alice", "aLICE")]
    [InlineData("ＡＬＩＣＥ", "alice")]
    [InlineData("ｶﾞﾗｽ", "ガラス")]
    [InlineData("Ångström", "a\u030aNGSTRO\u0308M")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("STRAẞE", "straße")]
    [InlineData("ЖУК", "жук")]
    [InlineData("ﬁn", "FIN")]
    public void Two_spellings_of_one_name_clash(string one, string other) => Assert.Equal(Names.Key(one), Names.Key(other));

    [Theory]
    [InlineData("alice", "alicé")]
    [InlineData("はな", "ハナ")]
    [InlineData("a.b", "ab")]
    public void Two_names_do_not(string one, string other) => Assert.NotEqual(Names.Key(one), Names.Key(other));

    [Fact]
    public void The_key_of_the_longest_username_fits_its_column() =>
        Assert.True(Names.Key(string.Concat(Enumerable.Repeat("\ufdfa", 32))).Length <= 576);
}
