using System.Text;
using CsCheck;
using Kumiko.BuildingBlocks.Text;
using Kumiko.Identity.Naming;
using Xunit;

namespace Kumiko.Identity.Tests.Naming;

public sealed class EmailAddressesTests
{
    [Theory]
    [InlineData("user@例え.jp", "user@xn--r8jz45g.jp")]
    [InlineData("user@例え.jp", "USER@XN--R8JZ45G.JP")]
    [InlineData("user@mail.例え.テスト", "user@mail.xn--r8jz45g.xn--zckzah")]
    [InlineData("Ｕser@Example.com", "user@example.COM")]
    public void Two_spellings_of_one_mailbox_clash(string one, string other) =>
        Assert.Equal(EmailAddresses.Key(one), EmailAddresses.Key(other));

    [Theory]
    [InlineData("xn--r8jz45g@example.com", "例え@example.com")]
    [InlineData("a@xn--.com", "a@.com")]
    [InlineData("a@xn--r8jz45g.jp", "a@xn--r8jz45h.jp")]
    public void Two_mailboxes_do_not_clash(string one, string other) => Assert.NotEqual(EmailAddresses.Key(one), EmailAddresses.Key(other));

    // From the punycode of a label to its characters and back, and any other text after xn--.
    [Fact]
    public void Every_domain_has_a_key() =>
        Gen.OneOf(
                Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-"].Array[0, 70].Select(label => new string(label)),
                Gen.Int[0x21, 0x10FFFF].Where(Rune.IsValid).Select(code => new Rune(code).ToString()).Array[0, 20].Select(string.Concat)
            )
            .Sample(
                label =>
                {
                    var key = EmailAddresses.Key($"a@xn--{label}.example");
                    Assert.Equal(key, EmailAddresses.Key($"A@XN--{label}.EXAMPLE"));
                    Assert.StartsWith("A@", key, StringComparison.Ordinal);
                },
                iter: 50_000
            );

    [Fact]
    public void No_character_of_an_address_is_invisible() =>
        Assert.All(
            Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(code => new Rune(code)).Where(DefaultIgnorable.Contains),
            rune =>
            {
                Assert.False(EmailAddresses.IsValid($"a{rune}b@example.com"), $"U+{rune.Value:X4}");
                Assert.False(EmailAddresses.IsValid($"ab@exa{rune}mple.com"), $"U+{rune.Value:X4}");
            }
        );

    [Theory]
    [InlineData("a@example.com")]
    [InlineData("first.last+tag@sub.example.co.jp")]
    [InlineData("o'brien!#$%&*/=?^_`{|}~-@example.org")]
    [InlineData("用户@例子.公司")]
    [InlineData("x@xn--fsqu00a.xn--0zwm56d")]
    [InlineData("1@2.3")]
    public void Valid_addresses_are_accepted(string email) => Assert.True(EmailAddresses.IsValid(email));

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
    public void Malformed_addresses_are_refused(string email) => Assert.False(EmailAddresses.IsValid(email));

    [Fact]
    public void An_address_is_as_long_as_mail_allows()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 61), 3)) + ".com";
        Assert.True(EmailAddresses.IsValid($"{new string('a', 254 - 1 - domain.Length)}@{domain}"));
        Assert.False(EmailAddresses.IsValid($"{new string('a', 255 - 1 - domain.Length)}@{domain}"));
        Assert.True(EmailAddresses.IsValid($"{new string('a', 64)}@example.com"));
        Assert.False(EmailAddresses.IsValid($"{new string('a', 65)}@example.com"));
        Assert.False(EmailAddresses.IsValid($"a@{new string('d', 64)}.com"));
        // 64 octets, not characters.
        Assert.False(EmailAddresses.IsValid($"{new string('字', 22)}@example.com"));
    }
}
